from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


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
    landing_page_template = None

    class Meta:
        verbose_name = _("virtual registrar")
        verbose_name_plural = _("virtual registrars")

    def __str__(self) -> str:
        return self.title


class RegistrarPageWords(RegistrarWords, Orderable):
    """The words of a page in another of the citizen's languages, for sites without a page per language."""

    page = ParentalKey(RegistrarPage, on_delete=models.CASCADE, related_name="other_words")
    language = models.CharField(_("language"), max_length=10)

    class Meta(Orderable.Meta):
        verbose_name = _("words in another language")
        verbose_name_plural = _("words in other languages")
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="diaspora_registrar_page_words")
        ]

    def __str__(self) -> str:
        return self.language
