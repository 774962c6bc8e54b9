"""The demonstration's news: some of each town's pages are for the diaspora. All of it is invented."""

from io import StringIO

from django.core.management import call_command
from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.syndication.actions import marking, rounds

from .models import NewsPage

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
    settings = town.syndication_settings
    settings.rights, settings.contact_name = RIGHTS, "Ured za dijasporu (ogled)"
    settings.save()
    settings.topics.set(Topic.objects.filter(code__in=["culture", "documents"]))
    pages = NewsPage.objects.descendant_of(town.site.root_page).order_by("pk")
    for page in list(pages)[:-1]:
        marking.mark(page, municipality=town, user=None)
    rounds.publish()
