"""The translator without wagtail-localize's tables; with them in `tests/hosts/inside/serbian.py`."""

import pytest
from wagtail.models import Locale

pytest.importorskip("wagtail_localize")
from wagtail_localize.strings import StringValue

from wagtail_diaspora.localize import SerbianCyrillic

LATIN, CYRILLIC = "sr-latn", "sr"


def translated(text, source=LATIN, target=CYRILLIC):
    text = StringValue(text)
    locales = [Locale(language_code=code) for code in (source, target)]
    return SerbianCyrillic({}).translate(*locales, {text: None}.keys())[text].data


@pytest.mark.parametrize("source", ["sr-latn", "sr-Latn", "sr_latn-BA", "sr-Latn-RS"])
@pytest.mark.parametrize("target", ["sr", "sr-cyrl", "sr-Cyrl-BA", "sr-ba"])
def test_it_offers_itself_from_latin_to_cyrillic(source, target):
    assert SerbianCyrillic({}).can_translate(Locale(language_code=source), Locale(language_code=target))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("bs", "sr"),
        ("hr", "sr"),
        ("bs-latn", "sr"),
        ("sr", "sr-latn"),
        ("sr", "sr-cyrl"),
        ("sr-latn", "sr-latn"),
        ("sr-latn", "bs"),
        ("sr-latn", "de"),
        ("sr-latn", "srn"),
        ("en", "sr"),
    ],
)
def test_it_offers_itself_for_nothing_else_and_leaves_it_alone(source, target):
    locales = [Locale(language_code=code) for code in (source, target)]
    assert not SerbianCyrillic({}).can_translate(*locales)
    assert SerbianCyrillic({}).translate(*locales, [StringValue("Naš grad.")]) == {}


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Naša <b>općina</b>", "Наша <b>опћина</b>"),
        (
            '<a id="a1">Cijeli tekst</a>, <a id="a2">info@primjer.example.org</a>',
            '<a id="a1">Цијели текст</a>, <a id="a2">info@primjer.example.org</a>',
        ),
        ("Prvi red<br/>Drugi red", "Први ред<br/>Други ред"),
        ("Kovač &amp; Sin, a &lt; b, „džep“", "Ковач &amp; Син, а &lt; б, „џеп“"),
        ("Upišite <code>ime</code> i prezime.", "Упишите <code>ime</code> и презиме."),
    ],
)
def test_it_walks_the_texts(latin, cyrillic):
    assert translated(latin) == cyrillic


def test_each_string_is_answered_for():
    strings = [StringValue("Prva vijest."), StringValue("Druga vijest."), StringValue("https://primjer.ba/")]
    locales = [Locale(language_code=code) for code in (LATIN, CYRILLIC)]
    answers = SerbianCyrillic({}).translate(*locales, strings)
    assert [answers[text].data for text in strings] == [
        "Прва вијест.",
        "Друга вијест.",
        "https://primjer.ba/",
    ]
