"""Pages of a host's own kinds, and municipalities that publish them."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pixels
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site

from tests.factories.municipalities import MunicipalityFactory
from tests.host.models import BlogPage, HomePage
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.models import Item, Partner


def a_town(hostname: str = "primjer.example.org", **fields) -> Municipality:
    """With a website of its own, of which the first page is a `HomePage`."""
    Locale.objects.get_or_create(language_code="bs")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="Grad Primjer", slug=hostname.partition(".")[0]))
    site = Site.objects.create(hostname=hostname, root_page=home, site_name=hostname, port=80)
    return MunicipalityFactory(site=site, name={"bs": "Grad Primjer"}, email="press@example.org", **fields)


def a_hub(hostname: str = "mreza.example.org") -> Municipality:
    """The network's own website, which passes on what it reads."""
    return a_town(hostname, kind="network", entity="", code="mreza")


def a_picture(title: str = "Most") -> Image:
    return Image.objects.create(title=title, description="Stari most", file=a_file("most.png"))


def a_file(name: str, colour: str = "navy") -> ContentFile:
    pixels = BytesIO()
    Pixels.new("RGB", (640, 480), colour).save(pixels, "PNG")
    return ContentFile(pixels.getvalue(), name)


def a_story(town: Municipality, title: str = "Most je otvoren", **fields) -> BlogPage:
    """Published on the town's website."""
    home = town.site.root_page.specific
    words = {"intro": "Nakon obnove.", "content": "<p>Most je <b>otvoren</b>.</p>", "date": date(2026, 3, 1)}
    page = home.add_child(instance=BlogPage(title=title, **{**words, **fields}))
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


def an_item(town: Municipality, page: Page | None = None) -> Item:
    """Marked, and not compared yet."""
    return marking.mark(page or a_story(town), municipality=town, user=None)


def a_partner(town: Municipality, **fields) -> Partner:
    """A newsroom that has confirmed its address and takes everything."""
    facts = {"name": "Radio Primjer", "email": f"vijesti{Partner.objects.count()}@radio.example.com"}
    state = {"state": "confirmed", "confirmed_at": timezone.now()}
    return Partner.objects.create(municipality=town, **{**facts, **state, **fields})
