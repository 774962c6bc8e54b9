"""What a citizen's page asks of the database: little, and the same for 1 and 30 document types."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.factories.registrar import an_office, an_order
from tests.host.models import HomePage
from tests.registrar.citizen import Citizen
from wagtail_diaspora.registrar import actions, links, shipped
from wagtail_diaspora.registrar.models import Draft, RegistrarPage
from wagtail_diaspora.registrar.views.base import show_case

pytestmark = pytest.mark.django_db
STEPS = {
    "item": 1,
    "documents": 1,
    "person": 1,
    "you": 1,
    "delivery": 1,
    "identity": 2,
    "check": 3,
    "erase": 1,
}


@pytest.fixture(params=[1, 30])
def office(request, monkeypatch):
    birth = shipped.TYPES[0]
    more = (replace(birth, code=f"birth-{number}") for number in range(request.param - 1))
    monkeypatch.setattr(shipped, "TYPES", (birth, *more))
    return an_office(postage_abroad_minor=850)


def asked(client, url):
    """How many queries a second visit takes, when what a process keeps is there."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_registrar_page_asks_once_more_than_an_empty_page(client, office):
    root = Site.objects.get().root_page
    pages = [RegistrarPage(title="Registrar", slug="registrar"), HomePage(title="Empty", slug="empty")]
    ours, empty = (asked(client, root.add_child(instance=page).url) for page in pages)
    assert ours - empty == 1


def test_the_first_page_of_an_order(client, office):
    assert asked(client, Citizen(client).url) == 2


def test_the_steps(client, office):
    Citizen(client).as_far_as_check()
    draft = Draft.objects.get().pk
    numbers = {"item": {"number": 0}, "person": {"number": 0}}
    urls = {step: links.address(step, draft=draft, **numbers.get(step, {})) for step in STEPS}
    assert {step: asked(client, url) for step, url in urls.items()} == STEPS


@pytest.mark.parametrize("items", [1, 3])
def test_the_tracking_page(rf, client, office, items):
    order = an_order(office, types=("birth",) * items)
    clerk = get_user_model().objects.create(username="clerk")
    for item in order.items.all():
        actions.mark_found(order, user=clerk, item=item.pk, act={})
    actions.record_payment(order, user=clerk, received_on=date(2026, 4, 1), amount_minor=500 * items + 850)
    for item in order.items.all():
        actions.issue(order, user=clerk, item=item.pk)
    client.cookies.update(show_case(rf.get("/"), order).cookies)
    assert asked(client, links.address("case", order=order.pk)) == 5
