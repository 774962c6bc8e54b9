"""Feeds that are wrong in every way we know: no exception, no hang, no growth, nothing harmful is kept.

`corpus/` is a selection of the test data of feedparser 6.0.14 (its licence lies beside). The whole of it is
read where `tests/prepare` could put the source distribution.
"""

import itertools
import json
import os
import random
import re
import sys
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from tests.lacking import lacking
from tests.syndication.feeds import HOME, NINJS_1, NINJS_3, atom, entry, item, json_feed, json_item, rss
from tests.syndication.web import Page, zipped
from wagtail_diaspora.syndication.fetching import FetchError, fetch
from wagtail_diaspora.syndication.reading import FeedUnreadable, find_feeds, is_page, read, read_list

URL = f"{HOME}feed"
CORPUS = Path(__file__).with_name("corpus")
FOLDER = Path(os.environ.get("DIASPORA_TEST_CORPUS", Path(sys.prefix) / "corpus"))
WHOLE = next(iter(FOLDER.glob("feedparser-*.tar.gz")), None)
MEGABYTE = 1024 * 1024
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202e\ufffe\uffff]")
HARM = re.compile(
    r"<\s*(script|style|img|iframe|object|embed|form|input|svg|link|meta)|<[^>]*\son\w+\s*=", re.I
)
SCHEME = re.compile(r'href="(?!https?://|mailto:|tel:)', re.I)


def outcome(body, headers=None):
    """True where it was read, False where it was said that it cannot be."""
    try:
        feed = read(body, url=URL, headers=headers)
    except FeedUnreadable as error:
        assert str(error)
        return False
    check(feed)
    return True


def check(feed):
    assert len(feed.entries) <= 200 and len(feed.title) <= 160
    for found in feed.entries:
        texts = (found.guid, found.url, found.title, found.summary, found.html, found.author, found.note)
        for text in (*texts, found.picture_url, *found.topics):
            text.encode()
            assert not CONTROLS.search(text)
        assert len(found.title) <= 300 and len(found.summary) <= 600 and len(found.html) <= 130_000
        assert not HARM.search(found.html) and not SCHEME.search(found.html), found.html
        assert not found.url or found.url.startswith(("http://", "https://"))


SELECTED = sorted(CORPUS.glob("*.xml"))


@pytest.mark.parametrize("path", SELECTED, ids=lambda path: path.stem)
def test_the_selected_corpus_is_read(path):
    assert outcome(path.read_bytes()) == (path.stem not in UNREADABLE)


UNREADABLE = ("rss_empty_document",)


def test_the_selection_is_there():
    assert len(SELECTED) > 40 and (CORPUS / "LICENSE").exists()


def test_the_whole_corpus_is_read():
    if WHOLE is None:
        lacking("feedparser's source distribution is missing (tests/prepare).")
    outcomes = []
    with tarfile.open(WHOLE) as archive:
        for member in archive:
            if "/tests/" in member.name and member.isfile() and not member.name.endswith(".py"):
                outcomes.append(outcome(archive.extractfile(member).read()))
    assert len(outcomes) > 2000 and outcomes.count(True) > 0.95 * len(outcomes)


SOUND = {
    "rss": rss(item(more="<description>&lt;p&gt;Čaršija&lt;/p&gt;</description>"), item(2)),
    "atom": atom(entry(more='<content type="html">&lt;p&gt;Čaršija&lt;/p&gt;</content>'), entry(2)),
    "json": json_feed(json_item(title="Čaršija"), json_item(2)),
    "ninjs 1": json.dumps([NINJS_1]).encode(),
    "ninjs 3": json.dumps([NINJS_3]).encode(),
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_feeds_that_are_cut_off_anywhere_are_read_or_said_to_be_unreadable(body):
    assert outcome(body)
    for end in range(0, len(body), 7):
        outcome(body[:end])


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_feeds_with_any_bytes_changed_are_read_or_said_to_be_unreadable(body):
    chance = random.Random(1962)
    for _number in range(300):
        broken = bytearray(body)
        for _change in range(chance.randint(1, 8)):
            where = chance.randrange(len(broken))
            broken[where : where + chance.randint(0, 3)] = chance.choice(
                [
                    b"\x00",
                    b"<",
                    b">",
                    b"&",
                    b'"',
                    b"\xff",
                    b"\xed\xa0\x80",
                    b"]]>",
                    b"<!--",
                    b"<![CDATA[",
                    b"{",
                    b"}",
                ]
            )
        outcome(bytes(broken))


@pytest.mark.parametrize(
    "claimed", ["utf-8", "utf-16", "cp1250", "ascii", "utf-7", "nonsense", "hex", "zlib", ""]
)
@pytest.mark.parametrize("written", ["utf-8", "utf-16", "utf-32", "cp1250"])
def test_wrong_encodings(claimed, written):
    text = rss(item(title="Čaršija")).decode().replace('encoding="utf-8"', f'encoding="{claimed}"')
    outcome(text.encode(written), {"Content-Type": f"application/rss+xml; charset={claimed}"})
    outcome(SOUND["json"].decode().encode(written))


def laughs(levels=30):
    names = [f"a{number}" for number in range(levels)]
    entities = (f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    return f'<!DOCTYPE rss [<!ENTITY a0 "ha">{"".join(entities)}]>', f"&{names[-1]};"


HEAD, LAUGH = laughs()
BARE = rss(item(title="TITLE")).decode().partition("?>")[2]
LONG_ENTITY = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>'
FILE_ENTITY = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
SWELLING = "".join(f"<b lang=x{number}><p>" for number in range(9000))
BROKEN = {
    "empty": b"",
    "nul": b"\0" * 1000,
    "tag mismatch": rss("<item><title>Most</link><guid>1</title></item>"),
    "undefined entity": rss(
        item(title="Most &nbsp;&scaron;&nosuch; &#0; &#xD800; &#x110000; &#99999999999;")
    ),
    "billion laughs": (HEAD + BARE.replace("TITLE", LAUGH)).encode(),
    "quadratic laughs": (LONG_ENTITY + BARE.replace("TITLE", "&a;" * 20_000)).encode(),
    "external entity": (FILE_ENTITY + BARE.replace("TITLE", "x&a;")).encode(),
    "control characters": rss(item(title="Mo\x01st\x08\x1b[31m\x7f \u202egnol")),
    "deep xml": b"<rss><channel>" + b"<item>" * 50_000,
    "deep json": b'{"items":' + b"[" * 200_000,
    "deep objects": b'{"items":[' + b'{"id":' * 50_000,
    "large number": b'{"items":[{"id":' + b"9" * 100_000 + b',"title":"x"}]}',
    "no number": b'{"items":[{"id":NaN,"title":"x","date_published":Infinity}]}',
    "lone surrogates": b'{"items":[{"id":"\\ud800","title":"\\udfff Most"}]}',
    "many tags": rss(item(title="<![CDATA[" + "<a " * 20_000)),
    "many angles": b"<rss><channel><item><title>" + b"<" * 200_000,
    "many ampersands": b"<rss><channel><item><title>" + b"&" * 100_000,
    "many comments": b"<rss><channel>" + b"<!--" * 100_000,
    "many declarations": b"<!DOCTYPE " + b'<!ENTITY a "' * 50_000,
    "many instructions": b"<?xml" * 100_000,
    "swelling html": json_feed(*(json_item(n, content_html=SWELLING) for n in range(5))),
    "nested html": json_feed(*(json_item(n, content_html="<div>" * 12_000) for n in range(5))),
    "page": b"<!DOCTYPE html><html><body>Not found</body></html>",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
    "pdf": b"%PDF-1.7\n" + bytes(range(256)) * 100,
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_breakage_neither_raises_nor_grows(body):
    tracemalloc.start()
    try:
        outcome(body)
        is_page(body)
        for search in (lambda: find_feeds(body, url=URL), lambda: read_list(body)):
            with pytest.raises(FeedUnreadable):
                search()
        assert tracemalloc.get_traced_memory()[1] < 100 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_nothing_of_the_machine_is_read():
    title = read(BROKEN["external entity"], url=URL).entries[0].title
    assert title.startswith("x") and Path("/etc/hostname").read_text().strip() not in title


def test_whatever_a_server_sends_is_read_or_said_to_be_wrong(web):
    pages = {f"/{number}": Page(body) for number, body in enumerate((*BROKEN.values(), *SOUND.values()))}
    pages |= {f"/zip{number}": zipped(body) for number, body in enumerate(BROKEN.values())}
    pages["/endless"] = Page(pieces=itertools.repeat(rss(item())))
    pages["/drip"] = Page(pieces=(bytes([one]) for one in itertools.cycle(rss(item()))), pause=0.01)
    pages["/round"] = Page(status=302, headers={"Location": "/round"})
    pages["/inside"] = Page(status=302, headers={"Location": "http://192.168.1.1/feed"})
    web.pages |= pages
    read_well = 0
    for path in pages:
        try:
            answer = fetch(web.url(path), deadline_seconds=0.5, max_bytes=MEGABYTE)
            read_well += outcome(answer.body, answer.headers)
        except FetchError as error:
            assert str(error)
    assert read_well >= len(SOUND)
