"""A site in one language serves citizens in each of theirs."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar.models import DocumentType, Order

from .common import an_order, text

pytestmark = pytest.mark.django_db
SENTENCE = "Order a document"


def in_language(code):
    with translation.override(code):
        return gettext(SENTENCE)


def test_the_page_speaks_the_language_of_the_site(client, page):
    shown = client.get(page.url, headers={"accept-language": "sv"})
    assert shown["Content-Language"] == "de" and in_language("de") in text(shown)


def test_a_choice_stays_behind_a_cache_that_takes_cookies_away(client, page):
    client.get(page.url, {"language": "hr"})
    assert client.get(page.url)["Content-Language"] == "hr"


@pytest.mark.parametrize("code", ["bs", "hr", "sr-latn", "sr", "en"])
def test_a_citizen_chooses_another(client, page, code):
    chosen = text(client.get(page.url, {"language": code}))
    assert in_language(code) in chosen and in_language(code) != in_language("de")
    assert DocumentType.objects.first().name[code] in chosen


def test_mails_are_in_the_language_of_the_citizen(client, citizen):
    client.get(citizen.url, {"language": "de"})
    order = an_order(citizen)
    assert order.language == "de"
    subject = Message.objects.get(key__contains=":received:").payload["subject"]
    assert subject.startswith(f"Bestellung {order.reference}")


def test_a_browser_of_another_language_orders_in_it(client, citizen):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "sr-Cyrl-BA,sr;q=0.9"
    an_order(citizen)
    assert Order.objects.get().language == "sr"
