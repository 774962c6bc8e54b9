from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.vault.fields import SealedTextField
from wagtail_diaspora.vault.models import PrivateFile, SealedModel

from .drafts import Draft
from .orders import Order


class ThreadMessage(SealedModel):
    """One message between the office and the applicant."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="thread")
    from_applicant = models.BooleanField(default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = SealedTextField(_("message"))
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Note(SealedModel):
    """A clerk's note on a case. The applicant never sees it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = SealedTextField(_("note"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["created_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class FileKind(models.TextChoices):
    IDENTITY = "identity", pgettext_lazy("kind of file", "Identity document")
    RELATION = "relation", pgettext_lazy("kind of file", "Paper that shows the relation")
    SIGNED_REQUEST = "signed_request", pgettext_lazy("kind of file", "Signed request")
    PAYMENT = "payment", pgettext_lazy("kind of file", "Proof of payment")
    OTHER = "other", pgettext_lazy("kind of file", "Other")
    OFFICE = "office", pgettext_lazy("kind of file", "From the office")


FROM_OUTSIDE = tuple(kind for kind in FileKind if kind != FileKind.OFFICE)
"""What an applicant sends, by whichever way."""


class OrderFileQuerySet(models.QuerySet):
    def of_office(self) -> "OrderFileQuerySet":
        """What the office gave the applicant with a message; nothing else is ever shown to them."""
        return self.filter(kind=FileKind.OFFICE, message__from_applicant=False)


class OrderFile(SealedModel):
    """A file of a draft, which becomes the order's when the draft is sent."""

    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    message = models.ForeignKey(
        ThreadMessage, null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=FileKind.choices)
    file = models.OneToOneField(PrivateFile, on_delete=models.PROTECT, related_name="+")
    from_applicant = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OrderFileQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("diaspora", "file")
        verbose_name_plural = _("files")
        ordering = ["created_at", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(draft=None) ^ models.Q(order=None), name="diaspora_file_of_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def label(self) -> str:
        """What the office calls it: its own files by their names, those of applicants by their kind."""
        return self.file.download_name if self.kind == FileKind.OFFICE else self.get_kind_display()
