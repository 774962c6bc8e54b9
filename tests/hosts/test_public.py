"""What a host's search, sitemap and API tell of us, and orders whose page moves, hides or goes."""

import pytest
from django.contrib.sites.requests import RequestSite
from django.test import RequestFactory
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site
from wagtail.search.index import get_indexed_models

from tests.factories.registrar import a_site, an_office
from tests.registrar.citizen import Citizen
from wagtail_diaspora.registrar import links
from wagtail_diaspora.registrar.models import Order, RegistrarPage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.hosts.public_urls")]
HOST = "primjer.example.org"
PERSONAL = ("Šućur", "Ана", "djordje@example.net", "Königstraße")


@pytest.fixture
def site():
    return a_site(HOST)


@pytest.fixture
def office(site):
    return an_office(site=site)


@pytest.fixture
def page(office, site):
    page = RegistrarPage(title="Virtuelni matičar", slug="maticar", privacy_notice="<p>Naša pravila</p>")
    return site.root_page.add_child(instance=page)


@pytest.fixture
def citizen(client, page):
    client.defaults["HTTP_HOST"] = HOST
    citizen = Citizen(client)
    citizen.url += f"?page={page.pk}"
    return citizen


@pytest.fixture
def order(citizen):
    citizen.as_far_as_check().post(declared="on", privacy="on")
    return Order.objects.get()


def sitemap():
    request = RequestFactory().get("/sitemap.xml", headers={"host": HOST})
    return [url["location"] for url in Sitemap(request).get_urls(site=RequestSite(request))]


def names_nobody(text):
    return not [word for word in PERSONAL if word in text]


def test_search_finds_the_page_and_nothing_of_an_order(page, order):
    pages = Page.objects.live()
    assert [found.pk for found in pages.search("Virtuelni")] == [page.pk]
    assert not list(pages.search(order.reference)) and not list(pages.search("Šućur"))
    ours = [model for model in get_indexed_models() if model._meta.app_label.startswith("diaspora_")]
    assert RegistrarPage in ours and all(issubclass(model, Page) for model in ours)


def test_the_sitemap_has_the_page_and_no_address_of_an_order(page, order):
    found = sitemap()
    assert f"http://{HOST}/maticar/" in found and not [url for url in found if "/diaspora/" in url]


def test_the_api_has_the_page_and_nothing_of_an_order(client, page, order):
    listed = client.get("/api/pages/", {"type": "diaspora_registrar.RegistrarPage", "fields": "*"})
    assert [row["title"] for row in listed.json()["items"]] == [page.title]
    detail = client.get(f"/api/pages/{page.pk}/", {"fields": "*"})
    for response in (listed, detail):
        assert names_nobody(response.content.decode()) and order.reference not in response.content.decode()


@pytest.mark.parametrize("how", ["unpublished", "private"])
def test_what_is_hidden_is_in_no_list(client, page, how):
    hide(page, how)
    client.defaults["HTTP_HOST"] = HOST
    assert client.get("/api/pages/", {"type": "diaspora_registrar.RegistrarPage"}).json()["items"] == []
    assert f"http://{HOST}/maticar/" not in sitemap()


def hide(page, how):
    if how == "unpublished":
        page.unpublish()
    elif how == "private":
        page.view_restrictions.create(restriction_type="login")
    elif how == "deleted":
        page.delete()
    elif how == "moved":
        page.move(page.get_parent().add_child(instance=Page(title="Ured", slug="ured")), pos="last-child")
    elif how == "moved to another site":
        root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
        an_office(site=Site.objects.create(hostname="other.example.org", root_page=root))
        page.move(root, pos="last-child")


HIDDEN = ["unpublished", "private", "deleted", "moved", "moved to another site"]


@pytest.mark.parametrize("how", HIDDEN)
def test_an_order_that_was_begun_is_sent_whatever_becomes_of_its_page(client, citizen, office, page, how):
    citizen.as_far_as_check()
    hide(page, how)
    assert client.get(citizen.url).status_code == 200
    citizen.post(declared="on", privacy="on")
    order = Order.objects.get()
    assert order.municipality == office
    assert order.reference in client.get(links.address("sent", order=order.pk)).content.decode()


@pytest.mark.parametrize("how", HIDDEN)
def test_an_order_lives_on_whatever_becomes_of_its_page(client, order, office, page, how):
    hide(page, how)
    case = client.get(links.address("case", order=order.pk))
    assert case.status_code == 200 and order.reference in case.content.decode()
    order.refresh_from_db()
    assert order.municipality == office and order.page_id == (None if how == "deleted" else page.pk)


def test_the_words_of_a_page_that_moved_away_are_no_longer_this_offices(client, citizen, page):
    citizen.as_far_as_check()
    assert "Naša pravila" in client.get(citizen.url).content.decode()
    hide(page, "moved to another site")
    assert "Naša pravila" not in client.get(citizen.url).content.decode()
