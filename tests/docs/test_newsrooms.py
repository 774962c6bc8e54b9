"""What newsrooms are told about the formats is what the formats write, and the same in both languages."""

import json
import re
from pathlib import Path

import pytest

from tests.syndication.formats.making import UPDATED, make_feed, make_full_entry, make_withdrawn
from wagtail_diaspora.syndication.formats import FORMATS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "newsrooms"
PAGES = {name: (FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in ("en", "bs")}
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def rows(page):
    """First cell of each row of the tables in the last section, which is about `_diaspora`."""
    section = page[page.rindex("\n## ") :]
    return {name for cell in re.findall(r"^\| (`.+?) \|", section, re.M) for name in CODE.findall(cell)}


def test_both_languages_name_the_same_elements():
    assert set(CODE.findall(PAGES["en"])) == set(CODE.findall(PAGES["bs"]))


def test_each_format_is_listed():
    listed = set(re.findall(r"`(\w+\.(?:xml|json))`", PAGES["en"]))
    assert listed == {f"{form.name}.{form.suffix}" for form in FORMATS.values()}


def test_the_own_object_has_what_is_said_of_it():
    entry = make_full_entry(corrected=True, note="Otvaranje je u petak.", embargoed_until=UPDATED)
    feed = json.loads(FORMATS["feed"].write(make_feed(entry)))
    assert rows(PAGES["en"]) == rows(PAGES["bs"])
    assert rows(PAGES["en"]) <= {*feed["_diaspora"], *feed["items"][0]["_diaspora"]}


REASON = "Most još nije otvoren."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rss", ("<description>", "<dcterms:valid>")),
        ("atom", ("<at:deleted-entry ref=", "<at:comment")),
        ("feed", ('"withdrawn":true', '"content_text":', f'"note":"{REASON}"')),
        ("ninjs1", ('"pubstatus":"canceled"', f'"ednote":"{REASON}"', '"expires":')),
        ("ninjs3", ('"pubStatus":"canceled"', f'"edNote":"{REASON}"', '"expires":')),
        ("newsml", ('"stat:canceled"', f"<edNote>{REASON}", "<expires>")),
    ],
)
def test_a_withdrawal_is_said_as_newsrooms_read_it(name, said):
    text = FORMATS[name].write(make_feed(make_withdrawn())).decode()
    assert not [part for part in (*said, REASON) if part not in text]
    words = (
        "<content:encoded",
        "<enclosure",
        "<entry>",
        "content_html",
        "body_html",
        "bodies",
        "<contentSet",
    )
    assert not [part for part in words if part in text]
