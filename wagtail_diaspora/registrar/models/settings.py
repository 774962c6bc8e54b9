from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connections, models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.money import AmountField
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.words import WordsField

from ..states import PaymentPolicy

VERSION = """
SELECT settings.id, settings.offer_version FROM diaspora_registrar_registrarsettings settings
JOIN diaspora_municipalities_municipality office ON office.id = settings.municipality_id
WHERE office.site_id = %s
"""


class SignaturePolicy(models.TextChoices):
    NONE = "none", pgettext_lazy("signature", "No signed request")
    UPLOAD = "upload", pgettext_lazy("signature", "Signed by hand, a photograph or scan is uploaded")
    POST = "post", pgettext_lazy("signature", "Signed by hand, the original is sent by post")


class Delivery(models.TextChoices):
    POST = "post", pgettext_lazy("delivery", "By post")
    COLLECT = "collect", pgettext_lazy("delivery", "Collected at the office")


class RegistrarSettingsQuerySet(models.QuerySet):
    def version_at(self, site_id: int) -> tuple[int, int] | None:
        """Key and version of the settings of that site's office.

        Asked for every reader of the registrar's page; composing it by the ORM takes longer than the answer.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(VERSION, [site_id])
            return cursor.fetchone()


class RegistrarSettings(models.Model):
    """The policy of one office. It is copied into an order when the order is sent."""

    municipality = models.OneToOneField(
        Municipality,
        on_delete=models.CASCADE,
        related_name="registrar_settings",
        verbose_name=_("municipality"),
    )
    payment_policy = models.CharField(
        _("when people pay"),
        max_length=12,
        choices=PaymentPolicy.choices,
        default=PaymentPolicy.CHECK_FIRST,
    )
    signature_policy = models.CharField(
        _("signed request"), max_length=8, choices=SignaturePolicy.choices, default=SignaturePolicy.NONE
    )
    delivers_by_post = models.BooleanField(_("sends by post"), default=True)
    delivers_at_office = models.BooleanField(_("hands over at the office"), default=True)
    postage_home_minor = AmountField(_("postage in BiH, in KM"), default=0)
    postage_abroad_minor = AmountField(_("postage abroad, in KM"), default=0)
    identity_required = models.BooleanField(_("a picture of an identity document is required"), default=True)
    notice_email = models.EmailField(_("new orders are announced to"), blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("days that an applicant has to answer"), default=60, validators=[MinValueValidator(7)]
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months until personal data are erased"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    remedy = WordsField(_("legal remedy, in a letter of refusal"), rows=3, blank=True, default=dict)

    offer_version = models.PositiveIntegerField(default=0, editable=False)
    """Another after every change of what the office shows, so that no process serves what was before."""

    objects = RegistrarSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrar settings")
        verbose_name_plural = _("registrar settings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delivers_by_post=True) | models.Q(delivers_at_office=True),
                name="diaspora_registrar_delivers_somehow",
                violation_error_message=_("Choose at least one way of delivery."),
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    def policy(self) -> dict:
        """What an order keeps of these settings, whatever changes later."""
        return {
            "payment": self.payment_policy,
            "signature": self.signature_policy,
            "postage_home_minor": self.postage_home_minor,
            "postage_abroad_minor": self.postage_abroad_minor,
            "identity_required": self.identity_required,
            "answer_days": self.answer_days,
            "retention_months": self.retention_months,
        }
