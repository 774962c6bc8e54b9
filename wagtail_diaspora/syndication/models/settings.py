from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality, Topic


class SyndicationSettings(models.Model):
    """What holds for every item of a municipality that says nothing else."""

    municipality = models.OneToOneField(
        Municipality,
        on_delete=models.CASCADE,
        related_name="syndication_settings",
        verbose_name=_("municipality"),
    )
    contact_name = models.CharField(_("contact for the press"), max_length=120, blank=True)
    contact_email = models.EmailField(
        _("mailbox for the press"), blank=True, help_text=_("Empty: the mailbox of the office.")
    )
    contact_phone = models.CharField(_("telephone for the press"), max_length=40, blank=True)
    rights = models.CharField(
        _("rights"),
        max_length=200,
        blank=True,
        help_text=_("What others may do with the news; for example: free to use with the source named."),
    )
    rights_url = models.URLField(_("address of the licence"), blank=True)
    topics = models.ManyToManyField(
        Topic,
        through="UsualTopic",
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("news", "usual topics"),
        help_text=_("Of an item for which nobody chooses any."),
    )

    class Meta:
        verbose_name = _("settings of syndication")
        verbose_name_plural = _("settings of syndication")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self.municipality)


class UsualTopic(models.Model):
    """Since when older items, too, stand in the feed of a topic."""

    settings = models.ForeignKey(SyndicationSettings, on_delete=models.CASCADE, related_name="usual")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["topic__code"]
        constraints = [models.UniqueConstraint(fields=["settings", "topic"], name="diaspora_usual_topic")]

    def __str__(self) -> str:
        return str(self.topic)
