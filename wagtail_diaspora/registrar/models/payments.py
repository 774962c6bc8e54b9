from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .orders import Order


class PaymentKind(models.TextChoices):
    REPORTED = "reported", pgettext_lazy("kind of payment entry", "Reported by the applicant")
    RECEIVED = "received", pgettext_lazy("kind of payment entry", "Received")
    REFUNDED = "refunded", pgettext_lazy("kind of payment entry", "Refunded")


class Payment(models.Model):
    """One entry about the money of an order. What is owed, and how that stands, is the order's."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="payments")
    kind = models.CharField(_("kind"), max_length=12, choices=PaymentKind.choices)
    amount_minor = models.PositiveIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    booked_on = models.DateField(_("booked on"))
    document_number = models.CharField(_("number of the statement or receipt"), max_length=60, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("payment entry")
        verbose_name_plural = _("payment entries")
        ordering = ["created_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PaymentKind.values), name="diaspora_payment_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
