from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from wagtail_diaspora.news.blocks import GoodPracticeBlock, LatestNewsBlock, VideoStoryBlock
from wagtail_diaspora.registrar.blocks import OrderBlock
from wagtail_diaspora.syndication.blocks import OtherMunicipalitiesBlock

BLOCKS = [
    ("order", OrderBlock()),
    ("news", LatestNewsBlock()),
    ("practice", GoodPracticeBlock()),
    ("video", VideoStoryBlock()),
    ("others", OtherMunicipalitiesBlock()),
]


class HomePage(Page):
    """The first page of a town's website."""

    motto = models.CharField("moto", max_length=160, blank=True)
    introduction = RichTextField("uvod", blank=True)
    blocks = StreamField(BLOCKS, verbose_name="blokovi", blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("motto"),
        FieldPanel("introduction"),
        FieldPanel("blocks"),
    ]

    def get_context(self, request, *args, **kwargs):
        children = self.get_children().live().public().specific()
        return {
            **super().get_context(request, *args, **kwargs),
            "services": [page for page in children if not isinstance(page, NewsPage)],
            "news": NewsPage.objects.child_of(self).live().order_by("-first_published_at")[:3],
        }


class ContentPage(Page):
    body = RichTextField("tekst", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]


class NewsPage(Page):
    summary = models.CharField("sažetak", max_length=250, blank=True)
    body = RichTextField("tekst", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
