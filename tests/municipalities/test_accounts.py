import pytest

from tests.factories.registrar import an_office
from wagtail_diaspora.municipalities.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office()


def an_account(office, use, number):
    return Account.objects.create(municipality=office, use=use, recipient="Grad", number=number)


def test_people_abroad_see_the_accounts_for_them(office):
    home, abroad = an_account(office, "home", "1"), an_account(office, "abroad", "2")
    assert office.accounts.for_country("SE") == [abroad]
    assert office.accounts.for_country("BA") == [home]


def test_an_office_with_one_account_shows_it_to_everybody(office):
    home = an_account(office, "home", "1")
    assert office.accounts.for_country("SE") == [home]
