from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_diaspora.news.blocks import EventsBlock, GoodPracticeBlock, LatestNewsBlock, VideoStoryBlock
from wagtail_diaspora.news.models import AbstractEventPage, AbstractNewsIndexPage, AbstractNewsPage


class NewsPage(AbstractNewsPage):
    """Of the same name as ours."""

    template = "diaspora_news/news_page.html"
    author = models.CharField(max_length=100, blank=True)

    content_panels = [*AbstractNewsPage.content_panels, FieldPanel("author")]


class EventPage(AbstractEventPage):
    template = "diaspora_news/event_page.html"


class Archive(AbstractNewsIndexPage):
    template = "diaspora_news/news_index_page.html"


class FrontPage(Page):
    """Holds our blocks; nothing of ours stands in its migration."""

    template = "host/home_page.html"
    body = StreamField(
        [
            ("news", LatestNewsBlock()),
            ("practice", GoodPracticeBlock()),
            ("events", EventsBlock()),
            ("video", VideoStoryBlock()),
        ],
        blank=True,
    )

    content_panels = [*Page.content_panels, FieldPanel("body")]
