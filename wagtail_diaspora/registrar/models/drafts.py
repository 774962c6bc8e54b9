from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.vault.fields import SealedJSONField
from wagtail_diaspora.vault.models import SealedModel


class DraftQuerySet(models.QuerySet):
    def unsent(self) -> "DraftQuerySet":
        return self.filter(sent_at=None)

    def alive(self) -> "DraftQuerySet":
        return self.unsent().filter(expires_at__gt=timezone.now())

    def overdue(self) -> "DraftQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class Draft(SealedModel):
    """An order that is being written. It begins with the first valid POST and is erased by the clock.

    `answers` is what was typed: `{"items": [...], "persons": [...], "applicant": {...},
    "delivery": {...}}`; it is checked again, whole, when the order is sent, and is gone after that.
    `secret_hash` is the digest of the HttpOnly cookie; `network_digest` is keyed, for caps only.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    secret_hash = models.CharField(max_length=64)
    resume_generation = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=10)
    answers = SealedJSONField(default=dict, null=True)
    network_digest = models.BinaryField(max_length=16, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of an order")
        verbose_name_plural = _("drafts of orders")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def subject_key(self) -> str:
        """Under which the outbox keeps the mails about this draft."""
        return f"draft:{self.pk}"

    @property
    def is_alive(self) -> bool:
        return self.sent_at is None and self.expires_at > timezone.now()
