import NewsMLG2
import pytest
from hypothesis import given, settings
from lxml import etree

from wagtail_diaspora.syndication.formats.newsml import write_newsml

from .making import SITE, make_entry, make_feed, make_full_entry, make_withdrawn
from .nasty import nasty
from .reading import elements, texts

XHTML = "{http://www.w3.org/1999/xhtml}"


def items_of(*entries):
    return elements(write_newsml(make_feed(*entries)), "newsMessage/itemSet/newsItem")


def read(item):
    """By the IPTC's own library."""
    return NewsMLG2.NewsMLG2Document(etree.tostring(item)).get_item()


def names(parent):
    return [] if parent is None else [etree.QName(child).localname for child in parent]


def test_a_message_says_who_sent_it_and_when():
    document = write_newsml(make_feed())
    assert texts(document, "newsMessage/header/sent") == ["2026-03-05T14:00:05Z"]
    assert texts(document, "newsMessage/header/sender") == ["Općina Primjer"]


@pytest.mark.parametrize("part", ["rightsInfo", "itemMeta", "contentMeta", "contentSet"])
def test_parts_stand_in_the_order_of_the_standard(part):
    for item in items_of(make_full_entry(1, corrected=True, note="Most."), make_entry(2), make_withdrawn(3)):
        again = read(item).to_xml()
        assert names(again) == names(item)
        assert names(again.find(f"{{*}}{part}")) == names(item.find(f"{{*}}{part}"))


def test_the_reader_of_the_iptc_would_notice_a_wrong_order():
    item = items_of(make_full_entry())[0]
    management = item.find("{*}itemMeta")
    management.insert(0, management.find("{*}title"))
    assert names(read(item).to_xml().find("{*}itemMeta")) != names(management)


def test_an_item_has_its_urn_version_and_status():
    (item,) = map(read, items_of(make_entry(7)))
    assert (item.guid, item.version) == ("urn:uuid:00000000-0000-0000-0000-000000000007", "3")
    assert item.itemmeta.pubstatus.qcode == "stat:usable"
    assert str(item.contentmeta.headline[0]) == "Otvoren novi most"
    assert str(item.itemmeta.versioncreated) == "2026-03-05T14:00:05Z"


def test_the_body_is_xhtml():
    (item,) = items_of(make_entry(body="<p>A &amp; B<br>c <em>d</em></p>"))
    (paragraph,) = item.iter(XHTML + "p")
    assert names(paragraph) == ["br", "em"]
    assert "".join(paragraph.itertext()) == "A & Bc d"


@settings(deadline=None)
@given(words=nasty)
def test_any_body_becomes_well_formed(words):
    (item,) = items_of(make_entry(body=f"<p o:x='1'>{words}<o:p>x</o:p><img src=x.png alt=''></p>"))
    assert "x" in "".join(item.itertext())


def test_the_picture_is_an_item_that_the_text_refers_to():
    text, picture = items_of(make_full_entry())
    (file,) = picture.iter("{*}remoteContent")
    assert (file.get("href"), file.get("size"), file.get("width")) == (
        f"{SITE}/media/most.jpg",
        "183402",
        "1600",
    )
    assert picture.get("guid") in [link.get("residref") for link in text.iter("{*}link")]
    assert read(picture).itemmeta.itemclass.qcode == "ninat:picture"


def test_a_withdrawn_text_and_its_picture_are_canceled():
    text, picture = items_of(make_withdrawn())
    assert {read(item).itemmeta.pubstatus.qcode for item in (text, picture)} == {"stat:canceled"}
    assert list(text.iter("{*}inlineXML")) == list(picture.iter("{*}remoteContent")) == []
    assert text.findtext(".//{*}edNote") == "Most još nije otvoren."
