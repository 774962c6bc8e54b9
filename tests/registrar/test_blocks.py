"""The call to order on any page: what it costs today, and where to go."""

import html

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from tests.factories.registrar import a_site, an_office
from wagtail_diaspora.registrar.blocks import OrderBlock
from wagtail_diaspora.registrar.models import RegistrarPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = an_office(site=a_site("primjer.example.org"), fee=750)
    office.site.root_page.add_child(instance=RegistrarPage(title="Virtuelni matičar", slug="maticar"))
    return office


def shown(host="primjer.example.org", **chosen):
    request = RequestFactory().get("/", headers={"host": host})
    request.user = AnonymousUser()
    block = OrderBlock()
    with translation.override("bs"):
        value = block.to_python({"heading": "Dokumenti", "text": "Bez čekanja.", "count": 3, **chosen})
        return html.unescape(block.render(value, context={"request": request}))


def test_it_says_todays_prices_and_leads_to_the_registrar(office):
    text = shown()
    assert "Dokumenti" in text and "Bez čekanja." in text
    assert text.count("7,50") == 3 and 'href="/maticar/"' in text
    office.document_types.update(fee_minor=0)
    office.registrar_settings.offer_version += 1
    office.registrar_settings.save()
    assert "7,50" not in shown()


def test_it_stays_away_where_nobody_takes_orders(office):
    RegistrarPage.objects.get().unpublish()
    assert shown().strip() == ""
    block = OrderBlock()
    assert block.render(block.to_python({"count": 1})).strip() == ""


def test_the_chooser_previews_it(admin_client):
    """Also where this website takes no orders yet."""
    block = OrderBlock()
    block.set_name("order")
    assert block.is_previewable and block.get_description()
    answer = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200 and "diaspora-button" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(office, count, django_assert_max_num_queries):
    shown()
    with django_assert_max_num_queries(6):
        shown(count=count)
