from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from ..video import platform
from .base import INDEX_PAGE, AbstractNewsPage
from .body import RICH_TEXT


class AbstractGoodPracticePage(AbstractNewsPage):
    """An example that others can follow. It is looked for by what it solved, not by when it was news."""

    diaspora_kind = "good_practice"
    json_ld_type = "Article"

    problem = RichTextField(pgettext_lazy("good practice", "problem"), features=RICH_TEXT)
    done = RichTextField(_("what was done"), features=RICH_TEXT)
    partners = models.TextField(pgettext_lazy("good practice", "partners"), blank=True)
    cost = models.CharField(pgettext_lazy("good practice", "cost"), max_length=255, blank=True)
    result = RichTextField(pgettext_lazy("good practice", "result"), features=RICH_TEXT, blank=True)
    contact = models.TextField(_("who can be asked"), blank=True)
    video_url = models.URLField(_("address of the video"), blank=True)

    search_fields = [
        *AbstractNewsPage.search_fields,
        *(index.SearchField(name) for name in ("problem", "done", "result", "partners")),
    ]
    example_panel = MultiFieldPanel(
        [
            FieldPanel("problem", help_text=_("What was wrong or missing before.")),
            FieldPanel("done", help_text=_("Step by step, so that another municipality can do the same.")),
            FieldPanel("partners", help_text=_("Who took part, one in each line.")),
            FieldPanel(
                "cost", help_text=_("What it cost and who paid, as 20.000 KM, half of it the canton.")
            ),
            FieldPanel("result", help_text=_("What is different now, in numbers where there are any.")),
            FieldPanel("contact", help_text=_("Function, telephone or e-mail; everybody can read it.")),
            FieldPanel(
                "video_url",
                help_text=_("The page on which people watch it. It is linked; nothing is loaded from there."),
            ),
        ],
        heading=_("The example"),
    )
    content_panels = [*Page.content_panels, example_panel, *AbstractNewsPage.content_panels[1:]]

    class Meta:
        abstract = True

    @property
    def video_platform(self) -> str:
        return platform(self.video_url)


class GoodPracticePage(AbstractGoodPracticePage):
    template = "diaspora_news/good_practice_page.html"
    page_description = _("An example that other municipalities can follow: problem, what was done, result.")
    parent_page_types = [INDEX_PAGE]
    content_panels = [
        *AbstractGoodPracticePage.content_panels,
        InlinePanel(
            "followers",
            heading=_("We did this too"),
            label=pgettext_lazy("diaspora", "Municipality"),
            help_text=_("Municipalities that followed the example."),
        ),
    ]

    class Meta:
        verbose_name = _("example of good practice")
        verbose_name_plural = _("examples of good practice")

    def __str__(self) -> str:
        return self.title


class Follower(Orderable):
    """A municipality that did the same, in words: it need not be one that we know."""

    page = ParentalKey(GoodPracticePage, on_delete=models.CASCADE, related_name="followers")
    name = models.CharField(pgettext_lazy("diaspora", "municipality"), max_length=160)
    url = models.URLField(pgettext_lazy("good practice", "its own page about it"), blank=True)

    panels = [
        FieldPanel("name", help_text=_("As it calls itself.")),
        FieldPanel("url", help_text=_("Where it tells of it; may stay empty.")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("municipality that followed")
        verbose_name_plural = _("municipalities that followed")

    def __str__(self) -> str:
        return self.name
