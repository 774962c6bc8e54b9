"""Without Django's translations everybody is served in English, and no page says otherwise."""

import pytest
from django.core.management import call_command

from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar.models import DocumentType

from .common import an_order, text

pytestmark = pytest.mark.django_db


def test_pages_are_english_and_offer_no_other_language(client, page):
    shown = client.get(page.url, {"language": "bs"}, headers={"accept-language": "de"})
    assert shown["Content-Language"] == "en" and "Order a document" in text(shown)
    assert 'lang="en"' in text(shown) and "diaspora-languages" not in text(shown)


def test_an_order_and_its_mails_are_english(citizen):
    order = an_order(citizen)
    assert order.language == "en"
    mail = Message.objects.get(key__contains=":received:").payload
    assert mail["subject"].startswith(f"Order {order.reference}")


def test_no_english_words_are_kept_for_another_language(page):
    assert set(DocumentType.objects.get(code="birth").name) == {"en"}
    assert not page.other_words.exists()


def test_translations_that_are_switched_on_later_are_added(office, settings):
    call_command("diaspora_setup", municipality="primjer", under="/", english_only=True, verbosity=0)
    assert DocumentType.objects.count() == office.document_types.count()
