import pytest
from wagtail.log_actions import log as wagtail_log

from tests.factories.municipalities import MunicipalityFactory, user_with
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.municipalities.models import Holiday, MunicipalityLogEntry

pytestmark = pytest.mark.django_db


def test_log_of_ours_and_of_wagtail_know_their_municipality():
    office = MunicipalityFactory()
    holiday = Holiday.objects.create(municipality=office, day="2026-05-01")
    logs.log(holiday, "wagtail.edit", user=None, municipality=office, data={"state": "x"})
    wagtail_log(holiday, "wagtail.create")
    wagtail_log(office, "wagtail.edit")
    assert list(MunicipalityLogEntry.objects.values_list("municipality", flat=True)) == [office.pk] * 3
    assert MunicipalityLogEntry.objects.for_instance(holiday).count() == 2


def test_log_is_seen_in_its_municipality_only(admin_user):
    ours, theirs = MunicipalityFactory.create_batch(2)
    for office in (ours, theirs):
        wagtail_log(office, "wagtail.edit")
    clerk = user_with("diaspora_municipalities.view_holiday", municipality=ours)
    seen = MunicipalityLogEntry.objects.viewable_by_user(clerk)
    assert [entry.municipality for entry in seen] == [ours]
    assert MunicipalityLogEntry.objects.viewable_by_user(admin_user).count() == 2
