"""Blocks for any site's StreamFields. None of them freezes a name of ours into a host's migrations.

Public API: `LatestNewsBlock`, `GoodPracticeBlock`, `EventsBlock`, `VideoStoryBlock`, `TopicBlock`.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.models import Page

from wagtail_diaspora.live import LiveBlock
from wagtail_diaspora.municipalities.topics import topic_choices

from .models import EventPage, GoodPracticePage, NewsPage, listing
from .models.body import VideoBlock

__all__ = ["EventsBlock", "GoodPracticeBlock", "LatestNewsBlock", "TopicBlock", "VideoStoryBlock"]

GROUP = pgettext_lazy("diaspora", "Diaspora")
KINDS = [
    ("news", _("Pieces of news")),
    ("event", pgettext_lazy("news", "Events")),
    ("good_practice", _("Examples of good practice")),
]
EXAMPLE_TITLE = _("A new bridge across the river")
EXAMPLE_SUMMARY = _("From Monday on, the way to the other side takes five minutes instead of thirty.")
EXAMPLE_PLACE = _("House of culture")


class TopicBlock(blocks.FieldBlock):
    """The code of a topic. Which there are is known when the form is shown; a migration sees any text."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any):
        self.options = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        return forms.ChoiceField(choices=topic_choices, **self.options)

    def deconstruct(self) -> tuple[str, Any, Any]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs

    class Meta:
        default = ""
        icon = "tag"


class NewsListBlock(LiveBlock):
    """Base of those that list pages of the reader's Site. `model` gives the example of the preview."""

    model = NewsPage

    heading = blocks.CharBlock(required=False, label=pgettext_lazy("news", "heading"))
    count = blocks.IntegerBlock(
        min_value=1, max_value=12, default=3, label=pgettext_lazy("news", "how many at most")
    )
    topic = TopicBlock(required=False, label=pgettext_lazy("news", "topic"))
    all_news = blocks.PageChooserBlock(
        required=False, label=_("page with all of them"), help_text=_("A link below leads there.")
    )

    class Meta:
        group = GROUP
        template = "diaspora_news/blocks/list.html"
        preview_template = "diaspora_news/blocks/preview.html"

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        root = listing.root_for(context.get("request"), page if isinstance(page, Page) else None)
        found = self.pages(root, value)[: value["count"]] if root else []
        items = listing.with_pictures(found.defer_streamfields().specific()) if root else []
        if not items and context.get("is_example"):
            items = self.examples(value["count"])
        return {**context, "items": items, "more": self._more(value.get("all_news"))}

    def _more(self, page: Page | None) -> Page | None:
        """Only where everybody may go."""
        is_open = page and page.live and not page.get_view_restrictions().exists()
        return page if is_open else None

    def pages(self, root: Page, value: Any) -> Any:
        raise NotImplementedError

    def get_preview_value(self) -> Any:
        return self.normalize({"heading": self.label, "count": 3, "topic": "", "all_news": None})

    def get_preview_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        return {**super().get_preview_context(value, parent_context), "is_example": True}

    def examples(self, count: int) -> list[Page]:
        """What the chooser shows where there is nothing yet."""
        return [
            self.model(title=str(EXAMPLE_TITLE), summary=str(EXAMPLE_SUMMARY)) for _number in range(count)
        ]


class LatestNewsBlock(NewsListBlock):
    kind = blocks.ChoiceBlock(
        choices=KINDS, required=False, label=pgettext_lazy("news", "kind"), help_text=_("Empty: all kinds.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Latest diaspora news")
        description = _("The newest news, events and examples of this website.")

    def pages(self, root: Page, value: Any) -> Any:
        kinds = filter(None, [value.get("kind")])
        return listing.narrowed(listing.below(root, *kinds), topic=value["topic"])


class GoodPracticeBlock(NewsListBlock):
    model = GoodPracticePage

    class Meta:
        icon = "pick"
        label = _("Good practice")
        description = _("The newest examples that others can follow.")

    def pages(self, root: Page, value: Any) -> Any:
        return listing.narrowed(listing.below(root, "good_practice"), topic=value["topic"])


class EventsBlock(NewsListBlock):
    model = EventPage

    class Meta:
        icon = "date"
        label = _("Coming events")
        description = _("What takes place next, with day and place.")

    def pages(self, root: Page, value: Any) -> Any:
        return listing.narrowed(listing.upcoming(root, now=timezone.now()), topic=value["topic"])

    def examples(self, count: int) -> list[Page]:
        events = super().examples(count)
        for number, event in enumerate(events, start=1):
            event.starts_at = timezone.now() + timedelta(days=number)
            event.place = str(EXAMPLE_PLACE)
        return events


class VideoStoryBlock(VideoBlock):
    """A person's story as a card; the reader's browser asks nobody else before it is clicked."""

    text = blocks.TextBlock(required=False, label=pgettext_lazy("news", "what it is about"))

    class Meta:
        icon = "media"
        group = GROUP
        label = _("Video story")
        description = _("A linked video with a picture; nothing is loaded from elsewhere before the click.")
        template = "diaspora_news/blocks/video_story.html"
        preview_template = "diaspora_news/blocks/preview.html"
        preview_value = {
            "title": EXAMPLE_TITLE,
            "url": "https://video.example.org/",
            "poster": None,
            "length": "3:20",
            "text": EXAMPLE_SUMMARY,
        }
