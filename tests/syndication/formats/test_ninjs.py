import json

import pytest

from wagtail_diaspora.syndication.formats.ninjs1 import write_ninjs1
from wagtail_diaspora.syndication.formats.ninjs3 import write_ninjs3

from . import making
from .making import CC_BY, SITE, make_entry, make_feed, make_full_entry, make_withdrawn
from .reading import schema_problems


def first_of(entry):
    return json.loads(write_ninjs1(make_feed(entry)))["associations"]["item_1"]


def third_of(entry):
    (item,) = json.loads(write_ninjs3(make_feed(entry)))["associations"]
    return item


def test_a_feed_is_a_composite_that_names_its_standard():
    first, third = json.loads(write_ninjs1(make_feed())), json.loads(write_ninjs3(make_feed()))
    assert (first["type"], first["$standard"]["version"]) == ("composite", "1.6")
    assert (third["type"], third["standard"]["version"]) == ("composite", "3.1")
    assert first["versioncreated"] == third["versionCreated"] == "2026-03-05T14:00:05Z"


def test_the_news_keep_their_order():
    feed = make_feed(*(make_entry(number) for number in range(1, 13)))
    urns = [entry.urn for entry in feed.entries]
    assert [item["uri"] for item in json.loads(write_ninjs1(feed))["associations"].values()] == urns
    assert [item["uri"] for item in json.loads(write_ninjs3(feed))["associations"]] == urns


def test_each_item_is_a_ninjs_object_of_its_own():
    first, third = first_of(make_full_entry()), third_of(make_full_entry())
    assert schema_problems(json.dumps(first).encode(), "ninjs_1_6.json") == []
    alone = {key: value for key, value in third.items() if key not in ("name", "rel")}
    assert schema_problems(json.dumps(alone).encode(), "ninjs_3_1.json") == []


def test_version_and_times_are_those_of_the_entry():
    first, third = first_of(make_entry()), third_of(make_entry())
    assert (first["version"], first["firstcreated"]) == ("3", "2026-03-02T09:30:00Z")
    assert (third["version"], third["versionCreated"]) == ("3", "2026-03-05T14:00:05Z")
    assert first["pubstatus"] == third["pubStatus"] == "usable"


def test_headline_body_and_radio_script_are_told_apart():
    first, third = first_of(make_full_entry()), third_of(make_full_entry())
    assert first["headline"] == third["headlines"][0]["value"] == "Otvoren novi most"
    assert first["body_html"] == third["bodies"][0]["value"] == make_entry().body
    assert first["body_radio"] == third["bodies"][1]["value"] == "Most je otvoren.\nDođite."
    assert first["body_pronunciation"] == third["bodies"][2]["value"] == "Žepče – ŽEP-če"
    assert [words["role"] for words in third["bodies"]] == ["main", "radio", "pronunciation"]


def test_the_picture_is_an_associated_object():
    first, (third, _sound) = (
        first_of(make_full_entry())["associations"]["picture"],
        third_of(make_full_entry())["associations"],
    )
    assert first["renditions"]["original"] == {
        "href": f"{SITE}/media/most.jpg",
        "mimetype": "image/jpeg",
        "sizeinbytes": 183402,
        "width": 1600,
        "height": 900,
    }
    assert third["renditions"][0]["sizeInBytes"] == 183402
    assert first["byline"] == third["by"] == "Foto: Općina Primjer"
    assert first["description_text"] == third["descriptions"][0]["value"] == "Novi most preko rijeke"


def test_topics_rights_and_contact_are_there():
    first, third = first_of(make_entry()), third_of(make_entry())
    assert first["subject"][0] == {"name": "Putevi", "scheme": f"{SITE}/diaspora/#topics", "code": "roads"}
    assert third["subjects"][0] == {"name": "Putevi", "literal": "roads"}
    assert first["rightsinfo"] == {"linkedrights": CC_BY}
    assert third["rightsInfo"] == {"linkedRights": CC_BY}
    assert {"type": "email", "value": "press@opcina.example.org"} in first["infosource"][0]["contactinfo"]
    assert third["infoSources"][0]["contactInfo"] == first["infosource"][0]["contactinfo"]


def test_an_embargo_is_a_time_and_a_remark_to_editors():
    entry = make_entry(embargoed_until=making.UPDATED, language="en")
    assert first_of(entry)["embargoed"] == third_of(entry)["embargoedUntil"] == "2026-03-05T14:00:05Z"
    assert first_of(entry)["ednote"].startswith("Embargo until 5 March 2026")


def test_an_event_has_its_time_and_place():
    third = third_of(make_full_entry())
    assert third["eventDetails"] == {"dates": {"startDate": "2026-04-01T16:00:00Z"}}
    assert third["places"] == first_of(make_full_entry())["place"] == [{"name": "Dom kulture"}]


@pytest.mark.parametrize("item", [first_of(make_withdrawn()), third_of(make_withdrawn())], ids=["1.6", "3.1"])
def test_a_withdrawn_item_is_canceled(item):
    assert item.get("pubstatus", item.get("pubStatus")) == "canceled"
    assert item["expires"] == "2026-03-05T14:00:05Z"
    assert item.get("ednote", item.get("edNote")) == "Most još nije otvoren."
    assert not {"body_html", "bodies", "associations", "body_radio"} & item.keys()
