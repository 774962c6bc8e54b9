"""The queue narrowed by each column, and orders assigned many at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.registrar import APPLICANT, a_site, an_office, an_order
from tests.registrar.clerk import CLERK, QUEUE, a_clerk
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import erasing
from wagtail_diaspora.registrar.models import Order

pytestmark = pytest.mark.django_db
ASSIGN = "/admin/diaspora/orders/assign/"


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"))


@pytest.fixture
def clerk(office):
    return a_clerk(office)


@pytest.fixture
def desk(clerk, client):
    client.force_login(clerk)
    return client


def boxes(*orders):
    return [f"{order.pk}_{order.version}" for order in orders]


def test_filters_by_plain_columns(office, desk, clerk):
    web = an_order(office)
    letter = an_order(office, channel="post", applicant={**APPLICANT, "country": "SE"})
    Order.objects.filter(pk=letter.pk).update(payment_state="due", assignee=clerk)
    for query in ({"country": "SE"}, {"channel": "post"}, {"payment": "due"}, {"assignee": clerk.pk}):
        page = desk.get(QUEUE, query)
        assert page.context["rows"] == [letter], query
    for query in ({"country": "DE"}, {"channel": "web"}, {"payment": "not_needed"}, {"assignee": "nobody"}):
        assert desk.get(QUEUE, query).context["rows"] == [web], query
    assert desk.get(QUEUE, {"country": "DE"}).context["filter_form"].uses_more
    assert not desk.get(QUEUE, {"state": "all"}).context["filter_form"].uses_more


def test_the_country_goes_with_the_personal_data(office):
    order = an_order(office)
    assert order.country == "DE"
    erasing.erase(order)
    assert Order.objects.get().country == ""


def test_a_protocol_number_is_found_whole(office, desk, clerk):
    order, other = an_order(office), an_order(office)
    actions.set_protocol_number(order, user=clerk, number="03-12-55/26")
    actions.set_protocol_number(other, user=clerk, number="03-12-56/26")
    page = desk.post(QUEUE, {"kind": "protocol", "words": " 03-12-55/26 "}, follow=True)
    assert page.context["rows"] == [order] and "03-12-55/26" in page.content.decode()
    assert desk.post(QUEUE, {"kind": "protocol", "words": "03-12"}, follow=True).context["rows"] == []


def test_many_are_assigned_at_once(office, desk, clerk):
    orders = [an_order(office) for _number in range(3)]
    colleague = a_clerk(office)
    page = desk.post(ASSIGN, {"order": boxes(*orders[:2]), "assignee": colleague.pk}, follow=True)
    assert "2 orders were assigned." in page.content.decode()
    assert [Order.objects.get(pk=o.pk).assignee for o in orders] == [colleague, colleague, None]
    assert MunicipalityLogEntry.objects.filter(action="diaspora_registrar.assigned", user=clerk).count() == 2
    desk.post(ASSIGN, {"order": boxes(Order.objects.get(pk=orders[0].pk)), "assignee": "nobody"})
    assert Order.objects.get(pk=orders[0].pk).assignee is None


def test_the_second_of_two_clerks_is_told_which_order_was_taken(office, desk, clerk):
    first, second = an_order(office), an_order(office)
    seen = boxes(first, second)
    actions.take(first, user=a_clerk(office), version=first.version)
    page = desk.post(ASSIGN, {"order": seen, "assignee": clerk.pk}, follow=True).content.decode()
    assert "1 order was assigned." in page
    assert f"{first.reference}: Somebody else changed this order meanwhile" in page


@pytest.mark.parametrize(
    "typed", [{}, {"order": "x"}, {"order": "x_1", "assignee": "nobody"}, {"assignee": "nobody"}]
)
def test_without_orders_or_a_clerk_nothing_is_assigned(office, desk, typed):
    an_order(office)
    assert "Choose orders in the list" in desk.post(ASSIGN, typed, follow=True).content.decode()
    assert desk.get(ASSIGN).status_code == 302


def test_nobody_is_given_orders_of_another_office(office, desk, clerk):
    other = an_office(site=a_site("other.example.org"))
    stranger, theirs, ours = a_clerk(other), an_order(other), an_order(office)
    desk.post(ASSIGN, {"order": boxes(ours), "assignee": stranger.pk})
    desk.post(ASSIGN, {"order": boxes(theirs), "assignee": clerk.pk})
    assert not Order.objects.exclude(assignee=None).exists()
    both = a_clerk(office)
    both.groups.add(stranger.groups.get())
    desk.force_login(both)
    page = desk.post(ASSIGN, {"order": boxes(theirs), "assignee": clerk.pk}, follow=True).content.decode()
    assert "does not work on the orders of this municipality" in page
    assert Order.objects.get(pk=theirs.pk).assignee is None


def test_a_reader_has_no_boxes(office, client):
    an_order(office)
    client.force_login(a_clerk(office, "diaspora_registrar.view_order"))
    page = client.get(QUEUE).content.decode()
    assert 'name="order"' not in page and ASSIGN not in page and "Enter an order" not in page
    client.force_login(a_clerk(office, *CLERK, "diaspora_registrar.add_order"))
    assert reverse("diaspora_desk:enter") in client.get(QUEUE).content.decode()


def test_an_overdue_letter_says_how_it_came(office, desk):
    order = an_order(office, channel="post")
    Order.objects.filter(pk=order.pk).update(due_on=timezone.localdate().replace(year=2020))
    page = desk.get(QUEUE).content.decode()
    assert "Letter" in page and "overdue" in page
