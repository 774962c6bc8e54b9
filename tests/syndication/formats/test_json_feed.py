import json

from hypothesis import given, settings

from wagtail_diaspora.syndication.formats.json_feed import write_json_feed

from . import making
from .making import CC_BY, SITE, make_entry, make_feed, make_full_entry, make_withdrawn
from .nasty import nasty, without_controls


def read(*entries, **facts):
    return json.loads(write_json_feed(make_feed(*entries, **facts)))


def item_of(entry):
    (item,) = read(entry)["items"]
    return item


def test_the_feed_says_its_version_language_author_and_hubs():
    feed = read(language="sr-latn")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "sr-Latn"
    assert feed["authors"] == [{"name": "Općina Primjer", "url": f"{SITE}/"}]
    assert feed["hubs"] == [{"type": "WebSub", "url": f"{SITE}/hub/"}]


def test_a_feed_without_news_still_has_its_list():
    assert read()["items"] == []


def test_the_extension_says_where_it_is_explained():
    assert read()["_diaspora"]["about"] == f"{SITE}/diaspora/"
    assert read()["_diaspora"]["contact"]["email"] == "press@opcina.example.org"


def test_older_news_is_at_the_next_address():
    assert read(previous_archive_url=f"{SITE}/archive/1")["next_url"] == f"{SITE}/archive/1"


def test_an_item_has_its_urn_both_times_and_its_language():
    item = item_of(make_entry(7, language="sr"))
    assert item["id"] == "urn:uuid:00000000-0000-0000-0000-000000000007"
    assert (item["date_published"], item["date_modified"]) == ("2026-03-02T09:30:00Z", "2026-03-05T14:00:05Z")
    assert item["language"] == "sr-Cyrl"


@settings(deadline=None)
@given(title=nasty, summary=nasty, body=nasty)
def test_words_come_back_as_they_were(title, summary, body):
    entry = make_entry(title=f"Most {title}", summary=f"Most {summary}.", body=f"<p>{body}</p>")
    item = item_of(entry)
    assert item["title"].split() == f"Most {without_controls(title)}".split()
    assert item["summary"] == f"Most {without_controls(summary)}."
    assert item["content_html"] == f"<p>{without_controls(body)}</p>"


def test_a_title_is_text():
    assert item_of(make_entry(title="R & D: 3 < 5"))["title"] == "R & D: 3 < 5"


def test_without_a_body_the_summary_is_the_content():
    item = item_of(make_entry(body=""))
    assert item["content_text"] == "Most je otvoren za saobraćaj."
    assert "content_html" not in item


def test_picture_and_recording_are_attached_with_their_lengths():
    item = item_of(make_full_entry())
    assert item["image"] == f"{SITE}/media/most.jpg"
    assert item["attachments"] == [
        {"url": f"{SITE}/media/most.jpg", "mime_type": "image/jpeg", "size_in_bytes": 183402},
        {
            "url": f"{SITE}/media/most.mp3",
            "mime_type": "audio/mpeg",
            "size_in_bytes": 812000,
            "duration_in_seconds": 51,
        },
    ]


def test_the_extension_has_what_a_newsroom_needs():
    entry = make_full_entry(corrected=True, note="Most je širok 9 metara.", embargoed_until=making.UPDATED)
    contact = {
        "name": "Općina Primjer",
        "url": f"{SITE}/",
        "email": "press@opcina.example.org",
        "phone": "+38733000000",
    }
    assert item_of(entry)["_diaspora"] == {
        "version": 3,
        "kind": "news",
        "corrected": True,
        "withdrawn": False,
        "note": "Most je širok 9 metara.",
        "embargoed_until": "2026-03-05T14:00:05Z",
        "expires_at": "2026-09-01T00:00:00Z",
        "rights": "© Općina Primjer, CC BY 4.0",
        "rights_url": CC_BY,
        "contact": contact,
        "origin": {
            "name": "Grad Uzor",
            "url": "https://uzor.example.com/vijest/",
            "feed_url": "https://uzor.example.com/rss.xml",
        },
        "topics": [{"code": "roads", "name": "Putevi"}, {"code": "diaspora", "name": "Dijaspora"}],
        "picture": {
            "alt": "Novi most preko rijeke",
            "credit": "Foto: Općina Primjer",
            "width": 1600,
            "height": 900,
        },
        "radio_script": "Most je otvoren.\nDođite.",
        "pronunciation": "Žepče – ŽEP-če",
        "reading_seconds": 40,
        "happening": {"starts_at": "2026-04-01T16:00:00Z", "place": "Dom kulture"},
    }


def test_a_withdrawn_item_is_a_stub():
    item = item_of(make_withdrawn())
    assert item["_diaspora"]["withdrawn"] is True
    assert item["_diaspora"]["note"] == "Most još nije otvoren."
    assert item["content_text"] == "Ova vijest je povučena 5. marta 2026.\nMost još nije otvoren."
    assert not {"content_html", "image", "attachments"} & item.keys()
    assert not {"radio_script", "picture"} & item["_diaspora"].keys()
