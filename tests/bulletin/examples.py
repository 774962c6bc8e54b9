from tests.factories.remote import at_once as reads
from tests.factories.syndication import an_item
from tests.syndication.newsdesk import tell as publish
from tests.syndication.passing.readings import FEED, an_entry, brought
from wagtail_diaspora.bulletin.models import Issue
from wagtail_diaspora.syndication.models import Edition


def tell(town, page):
    """Published for the diaspora; the key of its item."""
    item = an_item(town, page)
    publish()
    return item.pk


def an_issue(town, **fields):
    return Issue.objects.create(municipality=town, **{"title": {"bs": "Jesen"}, **fields})


def titles(editions):
    return [edition.title for edition in editions]


def passed_on(hub):
    """What a hub has taken over from a municipality that it reads."""
    facts = {"kind": "good_practice", "example": {"problem": "Djeca nisu imala čitanku."}}
    brought(reads(hub, FEED, starts_anew=False), an_entry(ours=facts))
    return Edition.objects.get(channel__municipality=hub)
