import os
import threading
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import refusals
from .fields import SealedTextField

_last = threading.local()

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
"""Of what passes the inspection."""


def uuid7() -> uuid.UUID:
    """A UUID that sorts by its time (RFC 9562, version 7), rising within one thread."""
    now = max(time.time_ns() // 1_000_000 << 12, getattr(_last, "value", 0) + 1)
    _last.value = now
    number = (now >> 12) << 80 | 0x7 << 76 | (now & 0xFFF) << 64 | 0b10 << 62
    return uuid.UUID(int=number | int.from_bytes(os.urandom(8)) >> 2)


class SealedModel(models.Model):
    """A row whose key is known before it is written, so that its fields can be bound to it.

    Such rows have no revisions, drafts, previews, search index or references in Wagtail.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class AbstractSearchDigest(models.Model):
    """One keyed digest by which a row is found. A subclass adds what it belongs to, and the index."""

    kind = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=16)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class FileState(models.TextChoices):
    CLEAN = "clean", pgettext_lazy("uploaded file", "Checked")
    CHECKING = "checking", pgettext_lazy("uploaded file", "Being checked")
    REFUSED = "refused", pgettext_lazy("uploaded file", "Refused")


class PrivateFile(SealedModel):
    """A file of which the storage holds ciphertext only. `size` is in bytes, before encryption."""

    scope = models.CharField(max_length=100)
    name = SealedTextField(_("file name"))
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.CLEAN)
    refusal = models.CharField(max_length=10, blank=True)
    """A key of `refusals.REASONS`, where nobody was there any more to be told."""
    tried_at = models.DateTimeField(default=timezone.now)
    """When its inspection was last begun."""
    generation = models.PositiveSmallIntegerField(default=0)
    """Raised when other bytes take the place of these, so that both exist until that is committed."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["tried_at"], name="diaspora_file_checking", condition=models.Q(state="checking")
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_state_display(self) -> str:
        """With the reason of a refusal."""
        label = str(FileState(self.state).label)
        return f"{label}: {refusals.sentence(self.refusal)}" if self.refusal else label

    @property
    def extension(self) -> str:
        """Of what its bytes are; none while that is not known."""
        return EXTENSIONS.get(self.content_type, "")

    @property
    def download_name(self) -> str:
        """Its name with that extension: the inspection makes a JPEG of a HEIC."""
        return f"{Path(self.name).stem}.{self.extension}" if self.extension else self.name

    @property
    def stored_as(self) -> str:
        """Its name in the storage."""
        return f"{self.pk.hex[-2:]}/{self.pk.hex}-{self.generation}"


class Action(models.TextChoices):
    LISTED = "listed", pgettext_lazy("access log", "Listed")
    SEARCHED = "searched", pgettext_lazy("access log", "Searched")
    READ = "read", pgettext_lazy("access log", "Read")
    DOWNLOADED = "downloaded", pgettext_lazy("access log", "Downloaded")
    EXPORTED = "exported", pgettext_lazy("access log", "Exported")
    OPENED = "opened", pgettext_lazy("access log", "Opened with a one-time code")
    """By somebody who is no user, of whom it is known only that they read the mailbox on file."""


class AccessLogEntry(models.Model):
    """Who read what, and when. Never says what stood there."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who"),
    )
    by_superuser = models.BooleanField(_("by a superuser"), default=False)
    scope = models.CharField(max_length=100)
    action = models.CharField(_("what was done"), max_length=12, choices=Action.choices)
    object_label = models.CharField(_("what kind"), max_length=80, blank=True)
    object_id = models.CharField(_("which"), max_length=40, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=1)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["scope", "-at"], name="diaspora_access_scope"),
            models.Index(fields=["object_id", "-at"], name="diaspora_access_object"),
            models.Index(fields=["at"], name="diaspora_access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"


class ErasureReceiptQuerySet(models.QuerySet):
    def unjournalled(self) -> "ErasureReceiptQuerySet":
        return self.filter(journalled_at=None)


class ErasureReceipt(models.Model):
    """That personal data were erased, from which places and how many; never what they were."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    object_label = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    places = models.JSONField(default=dict)
    journalled_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt of an erasure")
        verbose_name_plural = _("receipts of erasures")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["object_label", "object_id"], name="diaspora_erasure_object"),
            models.Index(
                fields=["at"], name="diaspora_erasure_unnoted", condition=models.Q(journalled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_label} {self.object_id}"
