from tests.factories.syndication import an_item
from tests.syndication.newsdesk import tell as publish
from wagtail_diaspora.bulletin.models import Issue


def tell(town, page):
    """Published for the diaspora; the key of its item."""
    item = an_item(town, page)
    publish()
    return item.pk


def an_issue(town, **fields):
    return Issue.objects.create(municipality=town, **{"title": {"bs": "Jesen"}, **fields})


def titles(editions):
    return [edition.title for edition in editions]
