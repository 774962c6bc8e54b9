"""Feeds to read, as other websites write them."""

import json

HOME = "https://primjer.example.org/"
ITEM = "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>{more}</item>"


def rss(*items, more=""):
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>Općina Primjer</title><link>{HOME}</link><language>bs</language>"
        f"{more}{''.join(items)}</channel></rss>"
    ).encode()


def item(number=1, title="Otvoren most", more="", link=None, guid=None):
    link = f"{HOME}vijesti/{number}" if link is None else link
    return ITEM.format(title=title, link=link, guid=guid or f"urn:primjer:{number}", more=more)


def atom(*entries, more=""):
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="bs" '
        'xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:dcterms="http://purl.org/dc/terms/">'
        f'<id>urn:primjer</id><title>Općina Primjer</title><link href="{HOME}"/>'
        f"<updated>2026-03-01T10:00:00Z</updated>{more}{''.join(entries)}</feed>"
    ).encode()


def entry(number=1, title="Otvoren most", more=""):
    return (
        f'<entry><id>urn:primjer:{number}</id><title>{title}</title><link href="{HOME}vijesti/{number}"/>'
        f"<published>2026-03-01T10:00:00Z</published><updated>2026-03-02T10:00:00Z</updated>{more}</entry>"
    )


def json_feed(*items, **more):
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Općina Primjer",
        "home_page_url": HOME,
        "language": "bs",
        "items": list(items),
        **more,
    }
    return json.dumps(document).encode()


def json_item(number=1, **more):
    return {
        "id": f"urn:primjer:{number}",
        "url": f"{HOME}vijesti/{number}",
        "title": "Otvoren most",
        "content_html": "<p>Most je otvoren.</p>",
        "date_published": "2026-03-01T10:00:00Z",
        **more,
    }


NINJS_1 = {
    "uri": "urn:primjer:1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2026-03-02T10:00:00Z",
    "firstcreated": "2026-03-01T10:00:00Z",
    "language": "bs",
    "headline": "Otvoren most",
    "byline": "Ured",
    "description_text": "Most & cesta < ulica",
    "body_xhtml": "<p>Most je otvoren.</p>",
    "canonicalurl": f"{HOME}vijesti/1",
    "subject": [{"name": "Infrastruktura"}],
    "infosource": [{"name": "Općina Primjer", "uri": HOME}],
    "associations": {
        "main": {
            "type": "picture",
            "renditions": {
                "small": {"href": f"{HOME}s.jpg", "width": 100},
                "large": {"href": f"{HOME}l.jpg", "width": 800},
            },
        }
    },
}
NINJS_3 = {
    "standard": {"name": "ninjs", "version": "3.1"},
    "uri": "urn:primjer:1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2026-03-02T10:00:00Z",
    "firstcreated": "2026-03-01T10:00:00Z",
    "language": "bs",
    "headlines": [{"role": "alternate", "value": "Most"}, {"role": "main", "value": "Otvoren most"}],
    "by": "Ured",
    "descriptions": [{"role": "main", "contenttype": "text/plain", "value": "Most & cesta < ulica"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "Most je otvoren."},
        {"role": "main", "contenttype": "text/html", "value": "<p>Most je otvoren.</p>"},
    ],
    "canonicalurl": f"{HOME}vijesti/1",
    "subjects": [{"name": "Infrastruktura"}],
    "infosources": [{"name": "Općina Primjer", "uri": HOME}],
    "associations": [
        {
            "type": "picture",
            "renditions": [
                {"href": f"{HOME}s.jpg", "width": 100},
                {"href": f"{HOME}l.jpg", "width": 800},
            ],
        }
    ],
}
OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="Hercegovina">
<outline type="rss" text="Primjer" title="Općina Primjer" xmlUrl="https://primjer.example.org/feed"
 htmlUrl="https://primjer.example.org/"/><outline text="Drugi" xmlurl="https://drugi.example.org/feed"/></outline>
<outline text="Opet" xmlUrl="https://primjer.example.org/feed"/><outline text="x" xmlUrl="file:///etc/passwd"/>
</body></opml>"""
LIST = OPML.encode()
