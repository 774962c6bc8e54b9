from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.vault.fields import SealedJSONField, SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from ..categories import Category
from ..ordinals import next_ordinal
from ..querysets import MessageQuerySet
from ..states import State


class Message(SealedModel):
    """Something that must leave this site, written in the transaction that promised it."""

    key = models.CharField(
        _("key"), max_length=200, unique=True, help_text=_("The same key never makes a second message.")
    )
    subject_key = models.CharField(
        pgettext_lazy("diaspora", "subject"),
        max_length=200,
        help_text=_("Messages of one subject leave in their order."),
    )
    ordinal = models.BigIntegerField(_("place in the order"), default=next_ordinal, editable=False)
    channel = models.CharField(pgettext_lazy("way of delivery", "channel"), max_length=20, default="mail")
    scope = models.CharField(_("scope"), max_length=100)
    related_label = models.CharField(_("related to"), max_length=100, blank=True)
    recipient = SealedTextField(pgettext_lazy("e-mail", "recipient"), null=True, blank=True)
    payload = SealedJSONField(pgettext_lazy("diaspora", "content"), null=True, blank=True)
    applies = models.CharField(_("check before sending"), max_length=100, blank=True)

    state = models.CharField(
        pgettext_lazy("message", "state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    lease_token = models.CharField(_("lease"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    message_id = models.CharField("Message-ID", max_length=200)
    error_code = models.CharField(_("error code"), max_length=20, blank=True)
    last_error = models.CharField(_("last error"), max_length=30, blank=True, choices=Category.choices)
    created_at = models.DateTimeField(
        pgettext_lazy("diaspora", "created at"), default=timezone.now, editable=False
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    body_erased_at = models.DateTimeField(_("content erased at"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("outbox", "message")
        verbose_name_plural = pgettext_lazy("outbox", "messages")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="outbox_message_state"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="outbox_message_sent_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "ordinal"], condition=Q(state="waiting"), name="outbox_message_due"
            ),
            models.Index(fields=["subject_key", "ordinal"], name="outbox_message_subject"),
            models.Index(fields=["related_label"], name="outbox_message_label"),
            models.Index(
                fields=["scope", "ordinal"], condition=Q(state="failed"), name="outbox_message_failed"
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(body_erased_at__isnull=True, state__in=["sent", "failed", "cancelled"]),
                name="outbox_message_kept",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
