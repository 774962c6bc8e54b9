"""Whose news a press mail of a hub tells."""

import re

import pytest
from django.utils import translation
from django.utils.translation import pgettext

from tests.factories.syndication import a_partner
from tests.syndication.feeds import json_item
from tests.syndication.newsdesk import a_told_item, tell_and_send
from tests.syndication.passing.readings import an_entry, brought

pytestmark = pytest.mark.django_db


def plain(message):
    return message.get_body(("plain",)).get_content()


def html(message):
    return message.get_body(("html",)).get_content()


def test_a_mail_says_whose_news_it_is(hub, source, smtp):
    a_partner(hub)
    contact = {"email": "press@drugi.example.org", "phone": "+387 33 1"}
    brought(source, an_entry(ours={"contact": contact}))
    tell_and_send()
    names = {"town": "Općina Drugi", "hub": "Grad Primjer"}
    with translation.override("bs"):
        said = pgettext("press", "Published by %(town)s, passed on by %(hub)s.") % names
        where = pgettext("press", "On the website of %(town)s:") % names
    for words in (plain(smtp.messages[0]), html(smtp.messages[0])):
        assert said in words and where in words and json_item(1)["url"] in words
        assert "Općina Drugi, +387 33 1, press@drugi.example.org" in words
        assert re.search(r"Općina Drugi, (<time[^>]*>)?1\. mart 2026\.", words)
    brought(source, an_entry(ours={"withdrawn": True, "note": "Nije istina."}))
    tell_and_send()
    gone = plain(smtp.messages[1])
    assert "Nije istina." in gone and "Općina Drugi" in gone
    assert smtp.messages[1]["In-Reply-To"] == smtp.messages[0]["Message-ID"]


def test_a_mail_names_the_hubs_contact_where_no_other_is_known(hub, source, smtp):
    a_partner(hub)
    brought(source, an_entry())
    tell_and_send()
    assert "press@example.org" in plain(smtp.messages[0])


def test_a_page_of_the_hubs_own_says_nothing_of_passing_on(hub, smtp):
    a_partner(hub)
    a_told_item(hub)
    assert "Grad Primjer, 1. mart 2026." in plain(smtp.messages[0])
    with translation.override("bs"):
        assert pgettext("press", "On our website:") in plain(smtp.messages[0])
