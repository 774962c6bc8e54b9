from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, Site

from wagtail_diaspora.citizens import LanguageField, choose_language, known_language, remember_language
from wagtail_diaspora.compat import synchronized_fields
from wagtail_diaspora.locales import language_of

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]
WORDS_PANELS = [
    FieldPanel("introduction", help_text=_("What people read first. Empty: our usual words.")),
    FieldPanel("requirements", help_text=_("What people should have at hand. Empty: our usual words.")),
    FieldPanel("privacy_notice", help_text=_("How the office uses personal data. Empty: our usual words.")),
]
CONTACT_PANELS = [
    FieldPanel("contact", help_text=_("Empty: address, telephone and mailbox from the settings.")),
    FieldPanel("opening_hours", help_text=_("Shown below the contact; nothing is shown if it is empty.")),
]


class RegistrarWords(models.Model):
    """The words of a registrar page in one language. An empty field shows the shipped words."""

    introduction = RichTextField(_("introduction"), blank=True, features=FEATURES)
    requirements = RichTextField(_("what people need"), blank=True, features=FEATURES)
    privacy_notice = RichTextField(_("privacy notice"), blank=True, features=FEATURES)
    contact = RichTextField(_("contact"), blank=True, features=FEATURES)
    opening_hours = RichTextField(_("opening hours"), blank=True, features=FEATURES)

    WORDS = ("introduction", "requirements", "privacy_notice", "contact", "opening_hours")

    class Meta:
        abstract = True


class RegistrarPage(RegistrarWords, Page):
    """The virtual registrar of the municipality whose Site this page stands in."""

    template = "diaspora_registrar/registrar_page.html"
    page_description = _("Citizens order documents from the registers here. One for each website.")
    subpage_types: list[str] = []
    override_translatable_fields = synchronized_fields("slug")

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(WORDS_PANELS, heading=_("Words of the page")),
        MultiFieldPanel(CONTACT_PANELS, heading=_("Contact")),
        InlinePanel(
            "other_words",
            heading=_("Words in other languages"),
            label=pgettext_lazy("diaspora", "Language"),
            help_text=_("For websites without a page for each language; a translated page comes first."),
        ),
    ]

    class Meta:
        verbose_name = _("virtual registrar")
        verbose_name_plural = _("virtual registrars")

    def __str__(self) -> str:
        return self.title

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """One for each site and locale; aliases and copies are not asked."""
        return super().can_create_at(parent) and not cls._of_site(parent).exists()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """In the citizen's language, whatever languages the host has."""
        own = language_of(self)
        language = choose_language(request, own)
        with translation.override(language):
            response = super().serve(request, *args, **kwargs).render()
        if known_language(own) is None:
            # The browser's language was asked, which a cache of Django's does not tell apart.
            patch_cache_control(response, private=True)
        return remember_language(request, response, language)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..storefront import storefront

        return super().get_context(request, *args, **kwargs) | storefront(self, request)

    @classmethod
    def _of_site(cls, parent: Page) -> models.QuerySet:
        site = parent.get_site()
        roots = Page.objects.filter(pk=site.root_page_id) if isinstance(site, Site) else Page.objects.none()
        root = roots.first()
        if root is None:
            return cls.objects.none()
        root = root.get_translation_or_none(parent.locale) or root
        return cls.objects.filter(alias_of=None).descendant_of(root, inclusive=True)


class RegistrarPageWords(RegistrarWords, Orderable):
    """The words of a page in another of the citizen's languages, for sites without a page per language."""

    page = ParentalKey(RegistrarPage, on_delete=models.CASCADE, related_name="other_words")
    language = LanguageField(_("language"))
    title = models.CharField(pgettext_lazy("diaspora", "title"), max_length=255, blank=True)

    panels = [FieldPanel("language"), FieldPanel("title"), *WORDS_PANELS, *CONTACT_PANELS]

    class Meta(Orderable.Meta):
        verbose_name = _("words in another language")
        verbose_name_plural = _("words in other languages")
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="diaspora_registrar_page_words")
        ]

    def __str__(self) -> str:
        return self.language
