from typing import Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images import get_image_model_string
from wagtail.models import Site

from wagtail_diaspora.words import WordsField, say


class Kind(models.TextChoices):
    OPCINA = "opcina", pgettext_lazy("kind of municipality", "Municipality (općina)")
    GRAD = "grad", pgettext_lazy("kind of municipality", "City (grad)")
    DISTRICT = "district", pgettext_lazy("kind of municipality", "District")
    NETWORK = "network", pgettext_lazy("kind of municipality", "Network of municipalities")


class Entity(models.TextChoices):
    """Offices of one entity issue for each other; there is no link across entities."""

    FBIH = "fbih", _("Federation of Bosnia and Herzegovina")
    RS = "rs", _("Republika Srpska")
    BRCKO = "brcko", _("Brčko District")


class MunicipalityQuerySet(models.QuerySet):
    def for_site(self, site: Site | None) -> Self:
        return self.filter(site=site) if site else self.none()

    def for_request(self, request: HttpRequest) -> Self:
        return self.for_site(Site.find_for_request(request))


class Municipality(models.Model):
    """A municipality with its registry office, and the Site on which it serves its citizens.

    The network itself, with the national website, is a row as well: it has editors, news and partners,
    belongs to no entity and keeps no registers.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = WordsField(pgettext_lazy("diaspora", "name"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OPCINA)
    entity = models.CharField(_("entity"), max_length=6, choices=Entity.choices, blank=True)
    site = models.OneToOneField(
        Site,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="diaspora_municipality",
        verbose_name=pgettext_lazy("diaspora", "site"),
    )
    office = WordsField(_("registry office"), blank=True, default=dict)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("mailbox of the office"), help_text=_("Answers to our e-mails arrive here."))
    signatory = models.CharField(_("who signs letters"), max_length=160, blank=True)
    office_languages = models.JSONField(_("languages that the office reads"), default=list, blank=True)
    roles = models.JSONField(default=list, editable=False)
    """Those of which `diaspora_setup` made a group: one that is gone was renamed or deleted."""
    coat_of_arms = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("coat of arms"),
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="diaspora_municipality_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(entity__in=Entity.values) & ~models.Q(kind=Kind.NETWORK)
                | models.Q(entity="", kind=Kind.NETWORK),
                name="diaspora_municipality_entity",
                violation_error_message=_("Choose the entity; only the network has none."),
            ),
        ]

    def __str__(self) -> str:
        return say(self.name) or self.code

    @property
    def scope(self) -> str:
        """By which the vault and the outbox know that a row is this municipality's."""
        return f"municipality:{self.pk}"

    @property
    def root_url(self) -> str:
        """Start of every absolute link; never taken from a request's Host."""
        return self.site.root_url if self.site else ""
