from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.vault.fields import SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from .orders import Item, Order


class Counter(models.Model):
    """Gapless numbers: the row is locked and raised in the transaction that uses the number."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["municipality", "series", "year"], name="diaspora_counter")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.value}/{self.year}"


class PaperState(models.TextChoices):
    ISSUED = "issued", pgettext_lazy("paper", "Issued")
    WITHDRAWN = "withdrawn", pgettext_lazy("paper", "Withdrawn")


class Paper(SealedModel):
    """A paper that left this office, and what its proof page may say of it.

    `kind_name` is the document's name by language as it was on that day; the code printed on it is
    sealed, and found by its keyed digest.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="papers")
    item = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="papers")
    kind_name = models.JSONField(default=dict)
    number = models.CharField(_("number"), max_length=40)
    blank_number = models.CharField(_("number of the blank"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=PaperState.choices, default=PaperState.ISSUED)
    code = SealedTextField()
    proof_digest = models.BinaryField(max_length=16, unique=True)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["created_at", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="diaspora_paper_number")
        ]

    def __str__(self) -> str:
        return self.number
