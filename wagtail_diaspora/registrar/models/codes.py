from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from .orders import Order


class OneTimeCode(models.Model):
    """A code sent to the address on file; six digits, hashed, for one purpose and a short time."""

    class Purpose(models.TextChoices):
        WITHDRAW = "withdraw", pgettext_lazy("one-time code", "Withdraw the order")
        PAPER = "paper", pgettext_lazy("one-time code", "See a paper")
        FILES = "files", pgettext_lazy("one-time code", "See the files from the office")
        CHANGE = "change", pgettext_lazy("one-time code", "Correct what was written")
        EXPORT = "export", pgettext_lazy("one-time code", "Download one’s own data")

    VALID_MINUTES = 15

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    code_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["order", "purpose", "created_at"], name="diaspora_code_order")]

    def __str__(self) -> str:
        return self.purpose
