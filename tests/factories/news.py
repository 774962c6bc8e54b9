"""Pages of news below a list of their own, published as an editor does it."""

from datetime import timedelta

from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page

from tests.factories.registrar import a_site
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.news.models import EventPage, GoodPracticePage, NewsIndexPage, NewsPage


def a_home(hostname: str = "grad.example.org", language: str = "bs") -> Page:
    """The root page of a site of its own."""
    locale, _new = Locale.objects.get_or_create(language_code=language)
    site = a_site(hostname)
    home = Page(title=hostname, slug=hostname.replace(".", "-"), locale=locale)
    site.root_page = Page.objects.get(depth=1).add_child(instance=home)
    site.save()
    return site.root_page


def a_list(home: Page | None = None, title: str = "Vijesti") -> NewsIndexPage:
    return published(NewsIndexPage(title=title), home or a_home())


def a_piece(parent: Page, title: str = "Novi most", **fields) -> NewsPage:
    return published(NewsPage(title=title, **{"summary": "Preko rijeke za pet minuta.", **fields}), parent)


def an_event(parent: Page, title: str = "Dani dijaspore", **fields) -> EventPage:
    facts = {
        "summary": "Susret u domu kulture.",
        "starts_at": timezone.now() + timedelta(days=3),
        "place": "Dom kulture",
        "address": "Glavna ulica 1\n79101 Primjer",
    }
    return published(EventPage(title=title, **facts | fields), parent)


def an_example(parent: Page, title: str = "Karta radnih mjesta", **fields) -> GoodPracticePage:
    facts = {
        "summary": "Ko traži posao, nađe ga na jednoj karti.",
        "problem": "<p>Oglasi su bili na deset mjesta.</p>",
        "done": "<p>Sve oglase skuplja jedna osoba.</p>",
    }
    return published(GoodPracticePage(title=title, **facts | fields), parent)


def published(page: Page, parent: Page) -> Page:
    page.locale = parent.locale
    page = parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def a_picture(title: str = "Most", **fields) -> Image:
    return Image.objects.create(title=title, file=get_test_image_file(f"{title}.png"), **fields)


def a_topic(code: str = "culture", **names) -> Topic:
    named = {"name": names or {"bs": "Kultura", "sr": "Култура"}}
    return Topic.objects.update_or_create(code=code, defaults=named)[0]
