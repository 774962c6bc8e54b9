import math
from typing import Any
from urllib.parse import urljoin

from django.db import models
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page
from wagtail.search import index

from wagtail_diaspora.compat import synchronized_fields
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.municipalities.topics import TopicsInput, in_order

from ..structured import as_json_ld
from .body import BODY
from .spoken import SpokenPage

PICTURE = "max-1200x900"
WORDS_PER_SECOND = 2.2
INDEX_PAGE = "diaspora_news.NewsIndexPage"


class AbstractNewsPage(SpokenPage):
    """What news, events and examples have in common.

    A host's own subclass is found by the listing and the blocks, too. `diaspora_kind` is what feeds call it.
    """

    diaspora_kind = "news"
    json_ld_type = "NewsArticle"

    summary = models.TextField(_("introduction"), max_length=600)
    body = StreamField(BODY, verbose_name=pgettext_lazy("news", "text"), blank=True)
    published_on = models.DateField(_("date shown"), default=timezone.localdate)
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="%(app_label)s_%(class)s_pages",
        verbose_name=pgettext_lazy("news", "topics"),
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=pgettext_lazy("news", "picture"),
    )
    picture_credit = models.CharField(_("author of the picture"), max_length=160, blank=True)
    radio_script = models.TextField(_("text for radio"), blank=True)
    pronunciation = models.TextField(_("how names are spoken"), blank=True)
    audio = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("recording"),
    )

    subpage_types: list[str] = []
    override_translatable_fields = synchronized_fields("slug")
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]

    about_panel = MultiFieldPanel(
        [
            FieldPanel(
                "summary", help_text=_("One or two sentences; lists, feeds and radio show only these.")
            ),
            FieldPanel("published_on", help_text=_("The day that readers see; lists are sorted by it.")),
            FieldPanel(
                "topics",
                widget=TopicsInput,
                help_text=_("Readers and media partners choose by topic."),
            ),
        ],
        heading=pgettext_lazy("news", "In short"),
    )
    picture_panel = MultiFieldPanel(
        [
            FieldPanel(
                "picture", help_text=_("Its description, as kept with the image, is read to the blind.")
            ),
            FieldPanel("picture_credit", help_text=_("Newspapers print it below the picture.")),
        ],
        heading=pgettext_lazy("news", "Picture"),
    )
    radio_panel = MultiFieldPanel(
        [
            FieldPanel(
                "radio_script",
                help_text=_(
                    "As it is read aloud: short sentences, numbers in words. Not shown on the website."
                ),
            ),
            HelpPanel(
                template="diaspora_news/panels/reading_time.html",
                heading=pgettext_lazy("radio", "Reading time"),
            ),
            FieldPanel("pronunciation", help_text=_("For example: Žepče – ŽEP-če. Only newsrooms see it.")),
            FieldPanel(
                "audio", help_text=_("A sound file (MP3) that readers may hear and stations may air.")
            ),
        ],
        heading=_("For radio"),
    )
    content_panels = [
        *Page.content_panels,
        about_panel,
        FieldPanel("body", help_text=_("The whole text; pictures, documents and videos may stand between.")),
        picture_panel,
        radio_panel,
    ]

    class Meta:
        abstract = True

    @property
    def reading_seconds(self) -> int:
        """How long a newsreader takes for the text for radio, in seconds, rounded up.

        Assumed are 2.2 words a second (132 a minute), the slow end of what English newsreaders are taught:
        words of our languages are longer.
        """
        return math.ceil(len(self.radio_script.split()) / WORDS_PER_SECOND)

    @property
    def listed_topics(self) -> list[Topic]:
        return in_order(self.topics.all())

    @cached_property
    def rendition(self) -> Any:
        """The picture as the page shows it, or None."""
        return get_rendition_or_not_found(self.picture, PICTURE) if self.picture else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A host's own base template tells search engines `page.search_description`, if there is one."""
        self.search_description = self.search_description or self.summary
        return {
            **super().get_context(request, *args, **kwargs),
            "picture": self.rendition,
            "parent": self.get_parent() if self.pk else None,
            "json_ld": as_json_ld(self.structured_data()),
        }

    def structured_data(self) -> dict[str, Any]:
        """What search engines learn, in the words of schema.org."""
        return {
            "@type": self.json_ld_type,
            "headline": self.title,
            "datePublished": self.published_on,
            "dateModified": self.last_published_at,
            "publisher": self._publisher(),
            "mainEntityOfPage": self.full_url,
            **self._common_data(),
        }

    def _common_data(self) -> dict[str, Any]:
        picture = self.rendition
        return {
            "description": self.summary,
            "url": self.full_url,
            "inLanguage": self.locale.language_code,
            "image": urljoin(self.full_url or "", picture.url) if picture else None,
        }

    def _publisher(self) -> dict[str, str] | None:
        site = self.get_site()
        if site is None:
            return None
        office = Municipality.objects.for_site(site).first()
        address = site.root_url + get_script_prefix().rstrip("/")
        return {"@type": "Organization", "name": str(office or site.site_name), "url": address}
