"""A cache keeps the registrar page and nothing personal; a request in one transaction changes nothing."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import resolve, reverse

from tests.denial.urls import ours
from wagtail_diaspora.registrar import links, urls
from wagtail_diaspora.registrar.desk import urls as desk_urls
from wagtail_diaspora.registrar.models import Draft, Order
from wagtail_diaspora.vault.models import AccessLogEntry

from .common import an_order
from .conftest import HOST, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def pages_kept():
    return [key for key in cache._cache if "cache_page" in key]


def visitor(**headers):
    return Browser(headers={"host": HOST, **headers})


def test_the_page_is_kept_for_those_who_read_the_same_language(page, django_assert_num_queries):
    first = visitor().get(page.url)
    assert pages_kept()
    with django_assert_num_queries(0):
        assert visitor().get(page.url).content == first.content
    chooses = visitor()
    german = chooses.get(page.url, {"language": "de"})
    assert german["Content-Language"] == "de" and chooses.get(page.url)["Content-Language"] == "de"
    assert visitor().get(page.url)["Content-Language"] == first["Content-Language"] == "bs"


def test_a_page_in_no_language_of_ours_follows_each_browser(page):
    page.locale.language_code = "fr"
    page.locale.save()
    german = visitor(accept_language="de").get(page.url)
    english = visitor(accept_language="en").get(page.url)
    assert (german["Content-Language"], english["Content-Language"]) == ("de", "en")


def test_no_page_of_an_order_is_kept_or_shown_to_another(client, citizen, clerk):
    citizen.as_far_as_check()
    draft = Draft.objects.get()
    steps = [links.address(name, draft=draft.pk) for name in ("documents", "you", "delivery", "check")]
    for url in steps:
        assert client.get(url).status_code == 200
        assert visitor().get(url).status_code == 404
    citizen.post(declared="on", privacy="on")
    order = Order.objects.get()
    for name in ("case", "sent", "receipt", "withdraw"):
        url = links.address(name, order=order.pk)
        assert client.get(url).status_code == 200
        assert visitor().get(url).url == links.address("lost_link")
    for url in (reverse("diaspora_desk:queue"), reverse("diaspora_desk:case", args=[order.pk])):
        assert clerk.get(url).status_code == 200
        assert visitor().get(url).status_code == 302
    assert not pages_kept()


def test_a_private_page_is_kept_by_nobody(page):
    page.view_restrictions.create(restriction_type="login")
    assert "no-store" in visitor().get(page.url)["Cache-Control"]
    assert not pages_kept()


def test_no_view_of_an_order_runs_in_a_transaction_of_the_host(office):
    assert connection.settings_dict["ATOMIC_REQUESTS"]
    for pattern in (*urls.urlpatterns, *desk_urls.urlpatterns):
        assert "default" in pattern.callback._non_atomic_requests, pattern.name
    assert {"diaspora_desk:queue", "diaspora_desk:case"} <= set(ours())
    assert "default" in resolve(reverse("diaspora_desk:queue")).func._non_atomic_requests


@pytest.mark.django_db(transaction=True)
def test_a_reading_is_recorded_even_if_the_page_then_fails(citizen, clerk):
    """Last here, since it empties the tables."""
    order = an_order(citizen)
    Order.objects.filter(pk=order.pk).update(delivery_method="nowhere", policy={})
    clerk.raise_request_exception = False
    assert clerk.get(reverse("diaspora_desk:case", args=[order.pk])).status_code == 500
    assert AccessLogEntry.objects.filter(object_id=str(order.pk)).exists()
