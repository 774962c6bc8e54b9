"""The demonstration's news: some of each town's pages are for the diaspora. All of it is invented."""

from collections.abc import Mapping
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page

from town.models import NewsPage
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.syndication.actions import marking, partnering, rounds
from wagtail_diaspora.syndication.models import Partner, RemoteSource, Rule

RIGHTS = "Slobodno uz navođenje izvora (ogledna vijest)"


def make_network(home: Page) -> str:
    """The national website, which belongs to no municipality; returns its name."""
    name = "Mreža općina i gradova"
    call_command(
        "diaspora_setup",
        municipality="hub",
        under=str(home.pk),
        name=name,
        kind="network",
        email="mreza@hub.example.org",
        verbosity=0,
        stdout=StringIO(),
    )
    return name


def mark(town: Municipality) -> None:
    """All news but the last, about which an editor has still to decide."""
    usual = town.syndication_settings
    usual.rights, usual.contact_name = RIGHTS, "Ured za dijasporu (ogled)"
    usual.save()
    usual.topics.set(Topic.objects.filter(code__in=["culture", "documents"]))
    pages = NewsPage.objects.descendant_of(town.site.root_page).order_by("pk")
    for page in list(pages)[:-1]:
        marking.mark(page, municipality=town, user=None)
    add_partner(town)
    rounds.publish()


def add_partner(town: Municipality) -> None:
    """Invited: its answer is in the mailbox of the demonstration."""
    radio = Partner.objects.create(
        municipality=town, name="BH Radio 1 (ogled)", email="portal@radio.example.org"
    )
    partnering.invite(radio, user=None)


def read_towns(towns: Mapping[str, Mapping]) -> None:
    """The network's website shows what the towns tell, as if they were elsewhere."""
    network = Municipality.objects.get(code="hub")
    for code, town in towns.items():
        feed = f"http://127.0.0.1:{settings.PORT}/diaspora/feeds/{code}/bs/all/rss.xml"
        RemoteSource.objects.create(municipality=network, feed_url=feed, name=town["name"], rule=Rule.AT_ONCE)
