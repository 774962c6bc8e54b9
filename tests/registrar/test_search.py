import pytest

from tests.factories.registrar import APPLICANT, FACTS, an_office, an_order
from wagtail_diaspora.registrar import search
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.models import Order, SearchDigest

pytestmark = pytest.mark.django_db


def found(kind, typed):
    orders = Order.objects.all()
    for digests in search.digests_for(kind, typed):
        rows = SearchDigest.objects.filter(kind=kind, digest__in=digests)
        orders = orders.filter(pk__in=rows.values("order"))
    return orders.count()


@pytest.mark.parametrize(
    ("phone", "typed"),
    [
        ("+4971112345", "0711 12345"),
        ("+4971112345", "0049711 12345"),
        ("+4971112345", "+49 711 12345"),
        ("+4971112345", "+49 (0)711 12345"),
        ("+4971112345", "4971112345"),
        ("+38765123456", "065/123-456"),
        ("+12015550123", "(201) 555-0123"),
        ("+390612345678", "06 1234 5678"),
        ("+3612345678", "06 1 234 5678"),
        ("+79161234567", "8 916 123-45-67"),
    ],
)
def test_an_order_is_found_by_its_telephone_as_it_is_dialled(phone, typed):
    an_order(an_office(), applicant=APPLICANT | {"phone": phone})
    assert found("phone", typed) == 1
    assert found("phone", typed[:-1] + "9") == 0


@pytest.mark.parametrize("phone", ["", "12", "+", "keine"])
def test_an_order_without_a_telephone_that_can_be_read_is_indexed_all_the_same(phone):
    an_order(an_office(), applicant=APPLICANT | {"phone": phone})
    assert found("name", "Šućur") == 1


def test_a_jmbg_keeps_its_leading_zero():
    person = AskedPerson("self", FACTS | {"jmbg": "0104962160000"})
    an_order(an_office(), persons=[person])
    assert found("jmbg", "0104962160000") == 1 and found("jmbg", "104962160000") == 0
