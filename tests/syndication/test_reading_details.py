"""By what news is known again, and what those need who pass it on."""

import json
from uuid import uuid4

import pytest

from tests.syndication.feeds import HOME, NINJS_1, item, json_feed, json_item, rss
from wagtail_diaspora.syndication.reading import (
    read,
)

URL = f"{HOME}feed"


def one(body, **options):
    feed = read(body, url=URL, **options)
    assert len(feed.entries) == 1 and not feed.unusable
    return feed.entries[0]


def test_identity_is_guid_then_address_then_words():
    first, second, third = (
        one(json_feed(json_item(**more))).identity for more in ({}, {"id": None}, {"id": None, "url": None})
    )
    assert len({first, second, third}) == 3
    assert one(json_feed(json_item(title="Drugi naslov"))).identity == first
    assert one(json_feed(json_item(id=None, title="Drugi naslov"))).identity == second
    assert one(json_feed(json_item(id=None, url=None, title="Drugi"))).identity != third


def test_a_urn_is_its_own_identity_and_a_mere_number_counts_within_its_website():
    key = uuid4()
    assert one(json_feed(json_item(id=f"urn:uuid:{key}"))).identity == key
    assert one(json_feed(json_item(id=f"URN:UUID:{str(key).upper()}"))).identity == key
    name = one(json_feed(json_item(id="https://primjer.example.org/?p=12"))).identity
    assert one(json_feed(json_item(id=f"urn:uuid:{name}"))).identity == name
    here, there = (
        one(json_feed(json_item(id="12", url=f"https://{host}.example.org/12"))).identity
        for host in ("prvi", "drugi")
    )
    assert here != there


OURS = {
    "kind": "good_practice",
    "version": 7,
    "rights": "CC BY 4.0",
    "rights_url": "https://cc.example.org/by",
    "contact": {"email": "press@primjer.example.org", "phone": "+387 33 1"},
    "topics": [{"code": "roads", "name": "Putevi"}],
}


ABOUT = {"usageterms": "CC BY 4.0", "rightsinfo": {"linkedrights": "https://cc.example.org/by"}}


MEANS = [
    {"type": "email", "value": "press@primjer.example.org"},
    {"type": "phone", "value": "+387 33 1"},
]


NINJS_MORE = {
    "profile": "good_practice",
    "version": "7",
    **ABOUT,
    "subject": [{"name": "Putevi", "code": "roads"}],
    "infosource": [{"name": "Primjer", "rel": "publisher", "contactinfo": MEANS}],
}


@pytest.mark.parametrize(
    "body", [json_feed(json_item(tags=["Putevi"], _diaspora=OURS)), json.dumps(NINJS_1 | NINJS_MORE).encode()]
)
def test_what_a_newsroom_needs_is_read(body):
    found = one(body)
    assert (found.kind, found.version, found.topics) == ("good_practice", 7, ("Putevi", "roads"))
    assert (found.rights, found.rights_url) == ("CC BY 4.0", "https://cc.example.org/by")
    assert (found.email, found.phone) == ("press@primjer.example.org", "+387 33 1")


@pytest.mark.parametrize("kind", ["advert", None, ["news"], {"a": 1}, 5])
@pytest.mark.parametrize("version", ["-1", "1e9", 2**40, True, None, [1], 1.5, "٣"])
def test_strange_kinds_and_counts_are_none(kind, version):
    strange = {"kind": kind, "version": version, "contact": {"email": "x y", "phone": 5}, "rights": [1]}
    for body in (
        json_feed(json_item(_diaspora=strange)),
        json.dumps(
            NINJS_1 | {"profile": kind, "version": version, "rightsinfo": [], "usageterms": {}}
        ).encode(),
    ):
        found = one(body)
        assert (found.kind, found.version, found.email, found.rights) == ("news", None, "", "")


def test_what_a_feed_says_of_its_rights_holds_for_what_it_does_not_pass_on():
    about = {"_diaspora": {"rights": "CC BY 4.0", "rights_url": "https://cc.example.org/by"}}
    origin = {"origin": {"name": "Drugi", "url": "https://drugi.example.org/"}}
    assert one(json_feed(json_item(), **about)).rights == "CC BY 4.0"
    assert one(json_feed(json_item(_diaspora=origin), **about)).rights == ""
    own = rss(item(), more="<copyright>CC BY 4.0</copyright>")
    passed = rss(
        item(more='<source url="https://drugi.example.org/rss">Drugi</source>'),
        more="<copyright>CC BY 4.0</copyright>",
    )
    assert (one(own).rights, one(passed).rights) == ("CC BY 4.0", "")


def test_a_picture_counts_where_all_is_said_of_it():
    media = (
        "<media:content url='https://primjer.example.org/m.jpg' type='image/jpeg' medium='image' "
        "fileSize='5000' width='1600' height='900'><media:credit>Ured</media:credit></media:content>"
    )
    picture = one(rss(item(more=media))).picture
    assert (picture.url, picture.length, picture.height) == ("https://primjer.example.org/m.jpg", 5000, 900)
    assert picture.credit == "Ured"
    for wrong in (media.replace("5000", "-1"), media.replace("image/jpeg", "image/webp")):
        assert one(rss(item(more=wrong))).picture is None
