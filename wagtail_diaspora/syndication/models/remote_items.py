from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.scripts import fold

from .remote import RemoteSource


class RemoteState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("news of others", "Waits for a look")
    SHOWN = "shown", pgettext_lazy("news of others", "Shown")
    HIDDEN = "hidden", pgettext_lazy("news of others", "Not shown")
    WITHDRAWN = "withdrawn", pgettext_lazy("news of others", "Withdrawn by its publisher")


class RemoteItemQuerySet(models.QuerySet):
    def for_readers(self, municipality: Municipality) -> Self:
        """What is shown, the newest first. Of two sources the first decides, also when it withdraws, and
        whoever published it before whoever passes it on."""
        shown = self.filter(municipality=municipality, state=RemoteState.SHOWN)
        others = RemoteItem.objects.filter(
            municipality=municipality,
            state__in=(RemoteState.SHOWN, RemoteState.WITHDRAWN),
            identity=OuterRef("identity"),
        )
        first = Q(relayed=OuterRef("relayed"), pk__lt=OuterRef("pk"))
        deciding = others.filter(first | Q(relayed__lt=OuterRef("relayed")))
        return shown.filter(~Exists(deciding)).order_by("-published_at", "-pk")

    def showable(self) -> Self:
        """What a person may show: neither under embargo nor taken back by its publisher."""
        waiting = self.filter(state__in=(RemoteState.WAITING, RemoteState.HIDDEN)).exclude(digest="")
        return waiting.exclude(embargoed_until__gt=timezone.now())

    def about(self, topic: str) -> Self:
        """Empty: about anything."""
        return self.filter(searched_topics__contains=f"|{fold(topic)}|") if topic.strip() else self


class RemoteItem(models.Model):
    """A piece of news of somebody else's, in clean words. What was withdrawn keeps its title only."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="remote_items", verbose_name=_("municipality")
    )
    source = models.ForeignKey(
        RemoteSource,
        on_delete=models.CASCADE,
        related_name="items",
        verbose_name=pgettext_lazy("news of others", "source"),
    )
    identity = models.UUIDField()
    """`RemoteEntry.identity`: the same wherever this piece of news is read."""
    guid = models.CharField(max_length=1000, blank=True)
    kind = models.CharField(max_length=20, default="news")
    """As `Entry.kind`: what is no event and no good practice is news."""
    version = models.PositiveIntegerField(null=True)
    """The publisher's own count, where its feed says one."""
    url = models.URLField(_("where it stands"), max_length=2000, blank=True)
    title = models.CharField(pgettext_lazy("news", "title"), max_length=300)
    summary = models.TextField(pgettext_lazy("news", "summary"), blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    author = models.CharField(max_length=160, blank=True)
    topics = models.JSONField(default=list)
    searched_topics = models.TextField(default="|", editable=False)
    """The same, folded, each between two bars."""
    picture_url = models.URLField(max_length=2000, blank=True)
    attribution_name = models.CharField(_("published first by"), max_length=160, blank=True)
    attribution_url = models.URLField(max_length=2000, blank=True)
    attribution_feed_url = models.URLField(max_length=2000, blank=True)
    relayed = models.BooleanField(default=False)
    """Its source passes on what somebody else has published."""
    rights = models.CharField(max_length=200, blank=True)
    rights_url = models.URLField(max_length=2000, blank=True)
    email = models.EmailField(blank=True)
    """Of whoever published it, as `phone`: where newsrooms ask."""
    phone = models.CharField(max_length=40, blank=True)
    picture = models.JSONField(default=dict)
    """What `entries.Picture` holds, where the feed says all of it."""
    published_at = models.DateTimeField(pgettext_lazy("news", "published"))
    updated_at = models.DateTimeField(pgettext_lazy("news", "updated"))
    news_at = models.DateTimeField(default=timezone.now, editable=False)
    """When its publisher told that it is news, by their clock: that says whose turn it was."""
    state = models.CharField(
        pgettext_lazy("news of others", "state"), max_length=9, choices=RemoteState.choices
    )
    corrected = models.BooleanField(pgettext_lazy("news", "corrected"), default=False)
    note = models.TextField(blank=True)
    corrections = models.PositiveIntegerField(default=0)
    """How often its publisher told a correction in a sentence, which is `note`."""
    held_before = models.BooleanField(default=False)
    """It was there before anybody listened."""
    embargoed_until = models.DateTimeField(_("not before"), null=True, editable=False)
    """The hour that its publisher set; until then nobody shows it."""
    digest = models.CharField(max_length=64)
    """Of its words; empty where its publisher took them back."""
    first_seen_at = models.DateTimeField(default=timezone.now)

    objects = RemoteItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news of others")
        verbose_name_plural = _("news of others")
        ordering = ["-published_at", "-pk"]
        default_permissions = ("change",)
        constraints = [
            models.UniqueConstraint(fields=["source", "identity"], name="diaspora_remote_item"),
            models.CheckConstraint(
                condition=Q(state__in=RemoteState.values), name="diaspora_remote_item_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=RemoteState.SHOWN) | Q(embargoed_until__isnull=True),
                name="diaspora_remote_item_embargo",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "identity"], name="diaspora_remote_item_same"),
            models.Index(fields=["municipality", "state", "-published_at"], name="diaspora_remote_item_list"),
            models.Index(
                fields=["embargoed_until"],
                condition=Q(embargoed_until__isnull=False),
                name="diaspora_remote_item_hour",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_embargoed(self) -> bool:
        return self.embargoed_until is not None and self.embargoed_until > timezone.now()
