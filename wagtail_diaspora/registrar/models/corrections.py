from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.vault.fields import SealedJSONField
from wagtail_diaspora.vault.models import SealedModel

from .orders import Order, Person


class Correction(SealedModel):
    """What was changed after sending. `before` and `after` are as the order keeps such answers."""

    class What(models.TextChoices):
        PHONE = "phone", pgettext_lazy("correction", "Telephone number")
        EMAIL = "email", pgettext_lazy("correction", "E-mail address")
        ADDRESS = "address", pgettext_lazy("correction", "Delivery address")
        APPLICANT = "applicant", pgettext_lazy("correction", "Name, country and purpose")
        PERSON = "person", pgettext_lazy("correction", "Person in the record")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="corrections")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    from_applicant = models.BooleanField(default=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who at the office, where it is not from the applicant."""
    what = models.CharField(max_length=12, choices=What.choices)
    before = SealedJSONField(default=dict)
    after = SealedJSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["created_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
