import pytest
from hypothesis import given, settings

from wagtail_diaspora.syndication.formats.opml import Outline, write_opml

from .nasty import nasty
from .reading import elements, texts

SITE = "https://opcina.example.org"
FEED = Outline(title="Općina Primjer", feed_url=f"{SITE}/rss.xml", home_url=f"{SITE}/", language="sr")


def test_a_feed_is_an_outline_of_the_type_rss():
    document = write_opml("Vijesti", [FEED])
    (root,) = elements(document, "opml")
    assert root.get("version") == "2.0"
    assert texts(document, "opml/head/title") == ["Vijesti"]
    assert [dict(outline.attrib) for outline in elements(document, "opml/body/outline")] == [
        {
            "text": "Općina Primjer",
            "title": "Općina Primjer",
            "type": "rss",
            "xmlUrl": f"{SITE}/rss.xml",
            "htmlUrl": f"{SITE}/",
            "language": "sr-Cyrl",
        }
    ]


def test_outlines_stand_below_a_heading():
    document = write_opml("Vijesti", [Outline(title="Kanton", outlines=(FEED, FEED))])
    (heading,) = elements(document, "opml/body/outline")
    assert (heading.get("text"), heading.get("type"), len(heading)) == ("Kanton", None, 2)


def test_a_list_without_feeds_has_a_body():
    assert len(elements(write_opml("Vijesti", []), "opml/body")) == 1


@settings(deadline=None)
@given(title=nasty)
def test_any_title_can_be_listed(title):
    document = write_opml(title, [Outline(title=f"Most {title}", feed_url=f"{SITE}/rss.xml")])
    assert elements(document, "opml/body/outline")[0].get("text").startswith("Most")


def test_a_relative_address_is_refused():
    with pytest.raises(ValueError, match="Not an absolute address"):
        write_opml("Vijesti", [Outline(title="Općina", feed_url="/rss.xml")])
