from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from .base import INDEX_PAGE, AbstractNewsPage


class AbstractEventPage(AbstractNewsPage):
    diaspora_kind = "event"

    starts_at = models.DateTimeField(pgettext_lazy("event", "begins"))
    ends_at = models.DateTimeField(pgettext_lazy("event", "ends"), null=True, blank=True)
    place = models.CharField(pgettext_lazy("event", "place"), max_length=160)
    address = models.TextField(pgettext_lazy("event", "address of the place"), blank=True)

    search_fields = [
        *AbstractNewsPage.search_fields,
        index.SearchField("place"),
        index.SearchField("address"),
        index.FilterField("starts_at"),
    ]
    event_panel = MultiFieldPanel(
        [
            FieldPanel("starts_at", help_text=_("In the time of the website.")),
            FieldPanel("ends_at", help_text=_("Empty where nobody can say.")),
            FieldPanel("place", help_text=_("As people call it, with the town.")),
            FieldPanel("address", help_text=_("So that a map finds it.")),
        ],
        heading=pgettext_lazy("event", "When and where"),
    )
    content_panels = [*Page.content_panels, event_panel, *AbstractNewsPage.content_panels[1:]]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
                name="%(app_label)s_%(class)s_ends",
                violation_error_message=_("An event cannot end before it begins."),
            )
        ]

    @property
    def location(self) -> str:
        """Place and address in one line."""
        return ", ".join(filter(None, [self.place, *self.address.splitlines()]))

    @property
    def calendar_url(self) -> str:
        """Path of the calendar file; empty where the host has not included our addresses."""
        try:
            with translation.override(None):
                return reverse("diaspora_news:calendar", args=[self.pk])
        except NoReverseMatch:
            return ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "calendar_url": self.calendar_url if self.pk else ""}

    def structured_data(self) -> dict[str, Any]:
        return {
            "@type": "Event",
            "name": self.title,
            "startDate": self.starts_at,
            "endDate": self.ends_at,
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "Place", "name": self.place, "address": self.location},
            "organizer": self._publisher(),
            **self._common_data(),
        }


class EventPage(AbstractEventPage):
    template = "diaspora_news/event_page.html"
    page_description = _("What takes place when and where, with a file for the reader's calendar.")
    parent_page_types = [INDEX_PAGE]

    class Meta(AbstractEventPage.Meta):
        verbose_name = pgettext_lazy("news", "event")
        verbose_name_plural = pgettext_lazy("news", "events")

    def __str__(self) -> str:
        return self.title
