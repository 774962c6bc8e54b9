import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.log_actions import log as wagtail_log

from tests.factories.municipalities import MunicipalityFactory, user_with
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.compat import is_joined_in_site_history
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.municipalities.models import Holiday, MunicipalityLogEntry
from wagtail_diaspora.registrar.models import Order

pytestmark = pytest.mark.django_db


def test_log_of_ours_and_of_wagtail_know_their_municipality():
    office = MunicipalityFactory()
    holiday = Holiday.objects.create(municipality=office, day="2026-05-01")
    logs.log(holiday, "wagtail.edit", user=None, municipality=office, data={"state": "x"})
    wagtail_log(holiday, "wagtail.create")
    wagtail_log(office, "wagtail.edit")
    assert list(MunicipalityLogEntry.objects.values_list("municipality", flat=True)) == [office.pk] * 3
    assert MunicipalityLogEntry.objects.for_instance(holiday).count() == 2


@pytest.fixture
def logged():
    """One entry of each kind, in our municipality and in another one; returns these."""
    offices = [an_office(), an_office()]
    for office in offices:
        logs.log(an_order(office), "diaspora_registrar.found", user=None, municipality=office)
        wagtail_log(office, "wagtail.edit")
        wagtail_log(office.document_types.first(), "wagtail.edit")
        wagtail_log(office.registrar_settings, "wagtail.edit")
    return offices


CLERK = ["diaspora_registrar.view_order", "diaspora_registrar.change_order"]
OFFICE = ["diaspora_municipalities.change_municipality"]
POLICY = ["diaspora_registrar.change_registrarsettings", "diaspora_registrar.add_documenttype"]


@pytest.mark.parametrize(
    ("permissions", "models"),
    [
        (CLERK, {"order"}),
        (["diaspora_registrar.erase_order"], {"order"}),
        ([*OFFICE, *POLICY], {"municipality", "documenttype", "registrarsettings"}),
        ([*CLERK, *OFFICE, *POLICY], {"order", "municipality", "documenttype", "registrarsettings"}),
        (["wagtailcore.change_page", "diaspora_vault.view_accesslogentry"], set()),
        ([], set()),
    ],
    ids=["clerk", "eraser", "administrator", "head", "editor", "nobody"],
)
def test_each_role_sees_what_it_works_with_in_its_municipality(logged, permissions, models):
    ours, _theirs = logged
    seen = MunicipalityLogEntry.objects.viewable_by_user(user_with(*permissions, municipality=ours))
    assert {entry.content_type.model for entry in seen} == models
    assert {entry.municipality for entry in seen} <= {ours}


def test_a_superuser_sees_the_log_of_all(logged, admin_user):
    seen = MunicipalityLogEntry.objects.viewable_by_user(admin_user)
    assert {entry.municipality for entry in seen} == set(logged)


def test_site_history_shows_no_orders_to_whoever_may_not_see_them(logged, client):
    ours, _theirs = logged
    user = user_with(*OFFICE, *POLICY, municipality=ours)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    reference = Order.objects.get(municipality=ours).reference
    history = reverse("wagtailadmin_reports:site_history")
    for query in ({}, {"export": "csv"}):
        response = client.get(history, query)
        page = b"".join(response.streaming_content if response.streaming else [response.content]).decode()
        assert (str(ours) in page) == is_joined_in_site_history() and reference not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_two_queries_for_one_and_three(logged, count, django_assert_max_num_queries):
    ours, _theirs = logged
    for _number in range(count):
        wagtail_log(ours, "wagtail.edit")
    user = user_with(*CLERK, *OFFICE, *POLICY, municipality=ours)
    with django_assert_max_num_queries(2):
        list(MunicipalityLogEntry.objects.viewable_by_user(user))
