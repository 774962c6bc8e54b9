from datetime import datetime, timedelta
from typing import Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.models.municipality import Kind

from .. import fetching, reading

SILENCE = timedelta(days=30)
"""After which one may ask whether a source still has news."""
OURS = "ours"
"""Why an entry was left out that came back to us; other reasons are `reading.Unusable`."""


class Rule(models.TextChoices):
    AT_ONCE = "at_once", pgettext_lazy("news of others", "At once")
    AFTER_A_LOOK = "after_a_look", pgettext_lazy("news of others", "After somebody looked at it")


class PassedOn(models.TextChoices):
    USUAL = "usual", pgettext_lazy("news of others", "As usual: a network does so, a municipality does not")
    YES = "yes", pgettext_lazy("news of others", "Yes, in our feeds and to our newsrooms")
    NO = "no", pgettext_lazy("news of others", "No, on our website only")


class SourceState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("source of news", "Is read")
    PAUSED = "paused", pgettext_lazy("source of news", "Paused")
    ASKS = "asks", pgettext_lazy("source of news", "Needs your decision")


class Going(models.TextChoices):
    """How it goes with a source, as somebody looks for it among many."""

    FAILING = "failing", pgettext_lazy("source of news", "Cannot be read")
    ASKS = "asks", pgettext_lazy("source of news", "Needs your decision")
    SILENT = "silent", pgettext_lazy("source of news", "Nothing new for a month")
    NEW = "new", pgettext_lazy("source of news", "Not read yet")
    PAUSED = "paused", pgettext_lazy("source of news", "Paused")


class Trouble(models.TextChoices):
    """Why a source could not be read the last time."""

    NOT_AN_ADDRESS = fetching.NotAnAddress.code, fetching.NotAnAddress.sentence
    REFUSED = fetching.AddressRefused.code, fetching.AddressRefused.sentence
    NOT_REACHED = fetching.NotReached.code, fetching.NotReached.sentence
    CERTIFICATE = fetching.CertificateRefused.code, fetching.CertificateRefused.sentence
    SLOW = fetching.TooSlow.code, fetching.TooSlow.sentence
    LARGE = fetching.TooLarge.code, fetching.TooLarge.sentence
    REDIRECTS = fetching.TooManyRedirects.code, fetching.TooManyRedirects.sentence
    BROKEN = fetching.BrokenAnswer.code, fetching.BrokenAnswer.sentence
    UNREADABLE = reading.FeedUnreadable.code, reading.FeedUnreadable.sentence
    NO_FEED = reading.NoFeedNamed.code, reading.NoFeedNamed.sentence
    TWICE = "twice", _("This page names a feed that is read already.")
    GONE = "gone", _("The server says that this feed is gone for good.")
    NOT_FOUND = "not_found", _("There is nothing at this address any more.")
    FORBIDDEN = "forbidden", _("The server does not let us read this feed.")
    BUSY = "busy", _("The server asks us to come back later.")
    SERVER = "server", _("The server has an error of its own.")
    UNKNOWN = "unknown", fetching.RemoteTrouble.sentence


class RemoteSourceQuerySet(models.QuerySet):
    def read(self) -> Self:
        """Those that are read: also where a person is asked whether a feed that moved is followed."""
        return self.filter(Q(state=SourceState.ACTIVE) | Q(state=SourceState.ASKS) & ~Q(proposed_url=""))

    def due(self, now: datetime) -> Self:
        return self.read().filter(next_due_at__lte=now).unleased(now)

    def passing(self) -> Self:
        """Those of which the news is passed on."""
        usual = Q(passed_on=PassedOn.USUAL, municipality__kind=Kind.NETWORK)
        return self.filter(Q(passed_on=PassedOn.YES) | usual)

    def going(self, how: str) -> Self:
        read = self.read().filter(takes_new=True, last_checked_at__isnull=False)
        recently = Q(last_changed_at__gt=timezone.now() - SILENCE)
        found = {
            Going.FAILING: self.read().exclude(trouble=""),
            Going.ASKS: self.filter(state=SourceState.ASKS),
            Going.SILENT: read.filter(trouble="").exclude(recently),
            Going.NEW: self.read().filter(last_checked_at=None, trouble=""),
            Going.PAUSED: self.filter(state=SourceState.PAUSED),
        }
        return found[Going(how)]

    def unleased(self, now: datetime) -> Self:
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))


class RemoteSource(models.Model):
    """A feed of somebody else's that a municipality reads, and how the last reading went.

    `feed_url` is what a person pasted, until a page that it leads to has named its feed.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="remote_sources", verbose_name=_("municipality")
    )
    feed_url = models.URLField(
        _("address of the website or of its feed"),
        max_length=1000,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The first page of their website is enough: its feed is looked for there."),
    )
    name = models.CharField(
        pgettext_lazy("source of news", "name"),
        max_length=160,
        blank=True,
        help_text=_("Stands below each piece of news. Empty: as the feed calls itself."),
    )
    home_url = models.URLField(_("their website"), max_length=1000, blank=True)
    rule = models.CharField(
        pgettext_lazy("news of others", "news is shown"),
        max_length=12,
        choices=Rule.choices,
        default=Rule.AFTER_A_LOOK,
    )
    words = models.CharField(
        _("only news with one of these words"),
        max_length=300,
        blank=True,
        help_text=_("With commas in between, such as: dijaspora, iseljenici. Empty: all news."),
    )
    passed_on = models.CharField(
        pgettext_lazy("news of others", "passed on"),
        max_length=5,
        choices=PassedOn.choices,
        default=PassedOn.USUAL,
        help_text=_("What is shown stands in your own feeds too, and your newsrooms are told whose it is."),
    )
    state = models.CharField(
        pgettext_lazy("source of news", "state"),
        max_length=8,
        choices=SourceState.choices,
        default=SourceState.ACTIVE,
        editable=False,
    )
    proposed_url = models.URLField(_("new address"), max_length=1000, blank=True, editable=False)
    declined_url = models.URLField(max_length=1000, blank=True, editable=False)
    hub_url = models.URLField(max_length=1000, blank=True, editable=False)
    self_url = models.URLField(max_length=1000, blank=True, editable=False)

    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    body_hash = models.CharField(max_length=64, blank=True, editable=False)
    entry_hashes = models.TextField(blank=True, editable=False)
    """Of what stood in the feed; empty where that is to be parsed again."""
    next_due_at = models.DateTimeField(default=timezone.now, editable=False)
    interval = models.PositiveIntegerField(default=3600, editable=False)
    """Seconds between two readings, as long as all goes well."""
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    trouble = models.CharField(max_length=16, choices=Trouble.choices, blank=True, editable=False)
    unusable = models.JSONField(default=dict, editable=False)
    last_checked_at = models.DateTimeField(_("last read"), null=True, editable=False)
    last_changed_at = models.DateTimeField(_("last news"), null=True, editable=False)
    lease_token = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    starts_anew = models.BooleanField(default=True, editable=False)
    """Its next reading finds what was there before anybody listened: no partner is told of that."""
    takes_new = models.BooleanField(default=True, editable=False)
    """Once a member has left, only what becomes of its earlier news is read."""
    look_at = models.DateTimeField(null=True, editable=False)
    """Since when its news has to be compared with what was passed on."""
    compared_at = models.DateTimeField(null=True, editable=False)
    """When all of it was compared last, whatever happened."""

    objects = RemoteSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of news")
        verbose_name_plural = _("sources of news")
        ordering = ["name", "pk"]
        default_permissions = ("add", "change", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "feed_url"],
                name="diaspora_remote_source",
                violation_error_message=_("This address is read already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=SourceState.values), name="diaspora_remote_source_state"
            ),
            models.CheckConstraint(condition=Q(rule__in=Rule.values), name="diaspora_remote_source_rule"),
            models.CheckConstraint(
                condition=Q(passed_on__in=PassedOn.values), name="diaspora_remote_source_passed_on"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at"],
                condition=~Q(state=SourceState.PAUSED),
                name="diaspora_remote_source_due",
            ),
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="diaspora_remote_source_look_at"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.feed_url

    @property
    def passes_on(self) -> bool:
        """As `passing` asks the database."""
        usual = self.passed_on == PassedOn.USUAL and self.municipality.kind == Kind.NETWORK
        return self.passed_on == PassedOn.YES or usual

    @property
    def is_read_for_news(self) -> bool:
        return self.takes_new and self.state != SourceState.PAUSED

    @property
    def has_moved(self) -> bool:
        """And a person is asked whether it is read there."""
        return self.state == SourceState.ASKS and bool(self.proposed_url)

    @property
    def is_new(self) -> bool:
        return self.last_checked_at is None
