"""News in the other script: its words change, its addresses do not."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from wagtail_diaspora.syndication.actions.scripting import in_script, words_in_script
from wagtail_diaspora.syndication.entries import Entry, Happening, Picture, Publisher

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def an_entry(**words):
    return Entry(
        id=UUID(int=1),
        version=1,
        language="sr",
        kind="news",
        url="https://примјер.срб/вијести/мост",
        published_at=DAY,
        updated_at=DAY,
        publisher=Publisher(name="Град", url="https://примјер.срб/"),
        **{"title": "Мост", **words},
    )


BODY = (
    '<p lang="sr">Љубија: <a href="https://sr.wikipedia.org/wiki/Љубија" title="О Љубији">чланак</a>, '
    "www.примјер.ba/вијести и https://примјер.срб/путања?ж=1&amp;љ=2 "
    'и <a href="mailto:ured@примјер.срб">ured@примјер.срб</a>.</p>'
    '<img src="/слике/мост.jpg" alt="Стари мост"><p lang="ru">Щука</p><code>име = 1</code>'
)
LATIN = (
    '<p lang="sr">Ljubija: <a href="https://sr.wikipedia.org/wiki/Љубија" title="O Ljubiji">članak</a>, '
    "www.примјер.ba/вијести i https://примјер.срб/путања?ж=1&amp;љ=2 "
    'i <a href="mailto:ured@примјер.срб">ured@примјер.срб</a>.</p>'
    '<img src="/слике/мост.jpg" alt="Stari most"><p lang="ru">Щука</p><code>име = 1</code>'
)


def test_addresses_stay_as_they_are_in_latin():
    latin = in_script(an_entry(body=BODY), script="latin", language="sr")
    assert latin.body == LATIN
    assert latin.url == "https://примјер.срб/вијести/мост"


def test_addresses_stay_as_they_are_in_cyrillic():
    body = (
        '<p>Više na <a href="https://primjer.ba/vijesti" title="Vijesti">stranici</a> primjer.ba/vijesti, '
        'https://општина.срб/vijesti, ured@primjer.ba.</p><img src="/most.jpg" alt="Most">'
    )
    cyrillic = in_script(an_entry(body=body), script="cyrillic", language="sr-latn")
    assert cyrillic.body == (
        '<p>Више на <a href="https://primjer.ba/vijesti" title="Вијести">страници</a> primjer.ba/vijesti, '
        'https://општина.срб/vijesti, ured@primjer.ba.</p><img src="/most.jpg" alt="Мост">'
    )


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Пишите на уред@примјер.срб", "Pišite na уред@примјер.срб"),
        ("Види примјер.срб/вијести, хвала.", "Vidi примјер.срб/вијести, hvala."),
        ("Образац: захтјев.pdf", "Obrazac: захтјев.pdf"),
        ("ЉУБИЈА и Љубија", "LJUBIJA i Ljubija"),
        ("Дана 1. 3. у 10.30", "Dana 1. 3. u 10.30"),
    ],
)
def test_running_text_is_put_into_latin(cyrillic, latin):
    assert words_in_script(cyrillic, script="latin", language="sr") == latin


def test_all_words_of_an_entry_are_put_into_the_script():
    picture = Picture(url="https://примјер.срб/мост.jpg", length=1, width=1, height=1, alt="Стари мост")
    place = Happening(starts_at=DAY, place="Дом културе")
    words = {"summary": "Сажетак", "author": "Уред", "note": "Исправка", "radio_script": "За радио"}
    entry = an_entry(**words, picture=picture, happening=place)
    entry = in_script(entry, script="latin", language="sr")
    said = (entry.title, entry.summary, entry.author, entry.note, entry.radio_script, entry.happening.place)
    assert said == ("Most", "Sažetak", "Ured", "Ispravka", "Za radio", "Dom kulture")
    assert (entry.picture.alt, entry.picture.url) == ("Stari most", picture.url)


@pytest.mark.parametrize(
    ("html", "latin"),
    [
        ("а < б & в", "a < b & v"),
        ("", ""),
        ("<p>&#1078;&nbsp;&amp;</p>", "<p>ž&nbsp;&amp;</p>"),
        ("<!-- љ -->ж", "<!-- љ -->ž"),
    ],
)
def test_broken_html_loses_no_mark(html, latin):
    assert in_script(an_entry(body=html), script="latin", language="sr").body == latin
