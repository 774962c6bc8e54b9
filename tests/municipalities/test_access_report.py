import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.municipalities import MunicipalityFactory, user_with
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.municipalities.exports import SafeExportMixin
from wagtail_diaspora.municipalities.viewsets.base import IndexView
from wagtail_diaspora.registrar.models import Order, OrderFile
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/diaspora-access/"


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def report(office, client):
    user = user_with("diaspora_vault.view_accesslogentry", municipality=office)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def a_reading(office, obj, user=None, **facts):
    key = str(obj.pk) if isinstance(obj, Order | OrderFile) else ""
    facts = {"object_label": obj._meta.label_lower, "object_id": key, **facts}
    return AccessLogEntry.objects.create(user=user, scope=office.scope, action="read", **facts)


def a_file(order):
    kept = files.store(b"x", scope=order.municipality.scope, name="a", content_type="image/png")
    return OrderFile.objects.create(order=order, kind="identity", file=kept)


def test_the_report_names_orders_by_reference_and_marks_superusers(office, report, admin_user):
    order = an_order(office)
    a_reading(office, order, admin_user, by_superuser=True)
    a_reading(office, a_file(order))
    a_reading(office, Order)
    a_reading(office, order, object_id="0198c2a4-0000-7000-8000-000000000000")
    a_reading(office, order, object_label="gone.model")
    rows = report.get(REPORT).context["object_list"]
    case = reverse("diaspora_desk:case", args=[order.pk])
    assert {(row.what, row.address) for row in rows} == {
        (f"order {order.reference}", case),
        (f"file {order.reference}", case),
        ("orders", ""),
        ("order", ""),
        ("gone.model", ""),
    }
    page = report.get(REPORT).content.decode()
    assert f'href="{case}"' in page and "By a superuser" in page


def test_the_report_is_of_the_own_municipality(office, report):
    other = MunicipalityFactory()
    a_reading(other, Order)
    assert list(report.get(REPORT).context["object_list"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_one_and_three(office, report, count, django_assert_max_num_queries):
    for _number in range(count):
        order = an_order(office)
        a_reading(office, order)
        a_reading(office, a_file(order))
    report.get(REPORT)
    with django_assert_max_num_queries(17):
        report.get(REPORT)


def test_no_cell_of_the_export_is_a_formula(office, report, admin_user, english):
    admin_user.username = "=HYPERLINK(1)"
    admin_user.save()
    order = an_order(office)
    a_reading(office, order, admin_user, by_superuser=True)
    response = report.get(REPORT, {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert (row["Who"], row["Which"]) == ("'=HYPERLINK(1)", f"order {order.reference}")
    assert report.get(REPORT, {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+387 52", "'+387 52"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("Šućur", "Šućur"),
        ("", ""),
        (-5, -5),
    ],
)
def test_a_cell_that_looks_like_a_formula_is_text(value, cell):
    assert SafeExportMixin().preprocess_field_value("a", value, "csv") == cell
    assert SafeExportMixin().preprocess_field_value("a", value, "xlsx") == value


def test_our_lists_are_exported_in_the_same_way():
    assert issubclass(IndexView, SafeExportMixin)
