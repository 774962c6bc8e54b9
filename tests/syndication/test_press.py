"""The mail that a newsroom gets, as a mail program and newsroom software read it."""

import re
from urllib.parse import urlsplit

import pytest

from tests.factories.news import a_list, a_piece
from tests.factories.syndication import a_partner, a_picture, a_story, an_item
from tests.host.models import BlogPage
from tests.syndication.newsdesk import a_told_item, tell, tell_and_send
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.scripts import to_cyrillic
from wagtail_diaspora.syndication import sources
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.markup import as_lines
from wagtail_diaspora.syndication.models import Delivery, SyndicationSettings
from wagtail_diaspora.vault.models import PrivateFile

pytestmark = pytest.mark.django_db


def plain(message):
    return message.get_body(("plain",)).get_content()


def html(message):
    return message.get_body(("html",)).get_content()


@pytest.fixture
def mail(town, partner, smtp):
    SyndicationSettings.objects.create(
        municipality=town,
        contact_name="Press služba",
        rights="CC BY 4.0",
        rights_url="https://creativecommons.org/licenses/by/4.0/",
    )
    a_told_item(town, header_image=a_picture())
    return smtp.messages[0]


def test_it_has_the_whole_news_in_both_forms(mail):
    assert mail["Subject"] == "Most je otvoren" and mail["Content-Language"] == "bs"
    for words in (plain(mail), html(mail)):
        for part in (
            "Nakon obnove.",
            "http://primjer.example.org/most-je-otvoren/",
            "Press služba",
            "press@example.org",
            "CC BY 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "Stari most",
        ):
            assert part in words
        assert re.search(r"http://primjer\.example\.org/media/images/[\w.-]+\.jpg", words)
    assert "<p>Most je <b>otvoren</b>.</p>" in html(mail) and "Most je otvoren." in plain(mail)
    assert "<article>" in html(mail) and '<html lang="bs">' in html(mail)
    assert "Grad Primjer, 1. mart 2026." in plain(mail)


def test_its_headers_are_those_of_a_list_that_one_click_leaves(mail, town, partner, smtp):
    assert mail["List-Id"] == f"<{town.code}.news.primjer.example.org>" and mail["List-Id"].isascii()
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Reply-To"] == "press@example.org"
    assert mail["From"] == "Grad Primjer <maticar@example.org>"
    assert mail["Message-ID"] == Delivery.objects.get().message_id == Message.objects.get().message_id
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = re.search(rb"^List-Unsubscribe: (<http://primjer\.example\.org/\S+>)\r?\n", smtp.raw[0], re.M)
    assert len(raw.group(1)) < 76
    assert mail["In-Reply-To"] is None


def test_a_long_host_does_not_break_the_one_click(town, partner, smtp):
    town.site.hostname = "www.opcina-sa-vrlo-dugim-imenom-na-kraju-svijeta.primjer.example.org"
    town.site.save()
    a_told_item(town)
    assert re.search(rb"^List-Unsubscribe:\s+<http://www\S+>\r?\n", smtp.raw[0], re.M)


def test_a_withdrawal_says_so_and_repeats_no_words(town, partner, smtp):
    item = a_told_item(town)
    marking.withdraw(item, note="Podatak nije tačan.", user=None)
    tell()
    deliver_due()
    mail = smtp.messages[1]
    assert mail["Subject"].endswith(": Most je otvoren")
    for words in (plain(mail), html(mail)):
        assert "Podatak nije tačan." in words and "Nakon obnove." not in words


def test_it_is_in_the_script_that_the_newsroom_reads(town, smtp):
    a_partner(town, script="cyrillic")
    a_told_item(town, "Đaci su u školi")
    mail = smtp.messages[0]
    assert mail["Subject"] == "Ђаци су у школи"
    assert "<p>Мост је <b>отворен</b>.</p>" in html(mail)
    assert "http://primjer.example.org/" in html(mail) and "http://primjer.example.org/" in plain(mail)


def test_a_script_for_radio_comes_with_its_seconds(town, partner, smtp, monkeypatch):
    own = sources.source_of(BlogPage())
    monkeypatch.setitem(
        sources._registered, BlogPage, sources.replace(own, radio_script=lambda page: "riječ " * 22)
    )
    a_told_item(town)
    assert "10" in plain(smtp.messages[0]) and "riječ riječ" in html(smtp.messages[0])


@pytest.mark.parametrize("script", ["published", "cyrillic"])
def test_how_names_are_spoken_stands_below_the_script(town, smtp, script):
    """As a page of our own has it."""
    a_partner(town, script=script)
    notes = {"radio_script": "U Žepču je otvoren most.", "pronunciation": "Žepče – ŽEP-če\nTešanj – TE-šanj"}
    page = a_piece(a_list(town.site.root_page), "Most", **notes)
    an_item(town, page)
    tell_and_send()
    first, second, read = "Žepče – ŽEP-če", "Tešanj – TE-šanj", "U Žepču je otvoren most."
    if script == "cyrillic":
        first, second, read = map(to_cyrillic, (first, second, read))
    assert f"{first}\n{second}" in plain(smtp.messages[0]).replace("\r", "")
    assert f"{first}<br>{second}" in html(smtp.messages[0])
    for words in (plain(smtp.messages[0]), html(smtp.messages[0])):
        assert words.index(read) < words.index(first)


def test_a_small_picture_is_attached_where_it_is_wished_and_leaves_no_copy(town, smtp, settings):
    a_partner(town, attaches_picture=True)
    a_partner(town)
    a_told_item(town, header_image=a_picture())
    with_it, without = ([part.get_content_type() for part in m.iter_attachments()] for m in smtp.messages)
    assert (with_it, without) == (["image/jpeg"], [])
    assert next(smtp.messages[0].iter_attachments()).get_content()[:3] == b"\xff\xd8\xff"
    assert not PrivateFile.objects.exists()
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "PRESS_PICTURE_MAX_BYTES": 10}
    an_item(town, a_story(town, "Druga", header_image=a_picture()))
    tell_and_send()
    assert not list(smtp.messages[2].iter_attachments())


def test_the_links_in_it_are_those_of_the_site(mail):
    found = re.findall(r"https?://[^\s<>\")]+", plain(mail))
    hosts = {urlsplit(url).hostname for url in found}
    assert hosts == {"primjer.example.org", "creativecommons.org"}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Prva.</p><p>Druga &amp; treća.</p>", "Prva.\n\nDruga & treća."),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        (
            '<p>Vidi <a href="https://x.example/?a=1&amp;b=2">ovo</a></p>',
            "Vidi ovo (https://x.example/?a=1&b=2)",
        ),
        ("<p>Red<br>drugi</p>", "Red\ndrugi"),
        ("<blockquote>Hvala.<cite>Kiosk</cite></blockquote>", "Hvala.\nKiosk"),
        ("<p>Piše (<cite>Kiosk</cite>)</p>", "Piše (Kiosk)"),
    ],
)
def test_html_is_read_as_lines(markup, text):
    assert as_lines(markup) == text
