from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.vault.fields import SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from .. import fetching
from ..states import ChangeKind, DeliveryState, MembershipState, Way
from . import turns
from .items import Item
from .ledger import words_of

SILENCE = timedelta(days=1)
"""After which an editor has to know that nothing is heard from the hub."""


class ChainTrouble(models.TextChoices):
    """Why a website and its hub could not speak with each other the last time."""

    NOT_AN_ADDRESS = fetching.NotAnAddress.code, fetching.NotAnAddress.sentence
    REFUSED = fetching.AddressRefused.code, fetching.AddressRefused.sentence
    NOT_REACHED = fetching.NotReached.code, fetching.NotReached.sentence
    CERTIFICATE = fetching.CertificateRefused.code, fetching.CertificateRefused.sentence
    SLOW = fetching.TooSlow.code, fetching.TooSlow.sentence
    LARGE = fetching.TooLarge.code, fetching.TooLarge.sentence
    REDIRECTS = fetching.TooManyRedirects.code, fetching.TooManyRedirects.sentence
    BROKEN = fetching.BrokenAnswer.code, fetching.BrokenAnswer.sentence
    UNKNOWN = fetching.RemoteTrouble.code, fetching.RemoteTrouble.sentence
    BUSY = "busy", _("The server asks us to come back later.")
    SERVER = "server", _("The server has an error of its own.")
    NO_HUB = "no_hub", _("No hub is named at this address. Paste the address or the code that it gave you.")
    CODE = "code", _("The hub does not know this code, or it is too old. Ask it for a new invitation.")
    TWICE = "twice", _("At the hub your website is a member already. Ask it to end that, then join again.")
    WEBSITE = "website", _("The hub cannot use the address of your website. Look at it in Settings, Sites.")
    STRANGER = "stranger", _("Their website does not confirm that it asked.")


class Membership(SealedModel):
    """That a municipality has joined a hub, or wants to. Its id stands in the callback that the hub knows.

    `nonce_hash` is of what the hub shows to speak here, `token` is what we show to speak there. `due_at` is
    when the clock has something to say to the hub; what it is follows from the state.
    """

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="membership", verbose_name=_("municipality")
    )
    address = models.URLField(max_length=1000)
    """As a person pasted it, without the code."""
    code = SealedTextField(null=True)
    endpoint = models.URLField(max_length=1000, blank=True)
    """Where one asks to join; empty until the address has named it."""
    chain_url = models.URLField(max_length=1000, blank=True)
    hub_name = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=20, blank=True)
    """Of the feed that the hub reads: news in other languages is not handed over."""
    state = models.CharField(
        pgettext_lazy("membership", "state"),
        max_length=8,
        choices=MembershipState.choices,
        default=MembershipState.ASKED,
    )
    state_at = models.DateTimeField(default=timezone.now)
    nonce_hash = models.CharField(max_length=64, blank=True)
    token = SealedTextField(null=True)
    hands_over = models.BooleanField(default=True)
    switched_at = models.DateTimeField(null=True)
    """From when on we send everything ourselves, until the hub has taken note."""
    newsrooms = models.JSONField(default=list)
    """Digests of those that the hub serves."""
    told = models.JSONField(default=list)
    """Those that we serve ourselves (see `turns`), as the hub has taken note of."""
    cursor = models.CharField(max_length=80, blank=True)
    etag = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=16, choices=ChainTrouble.choices, blank=True)
    last_heard_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("membership of the hub")
        verbose_name_plural = _("memberships of the hub")
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MembershipState.values), name="diaspora_membership_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=MembershipState.MEMBER) | Q(token__isnull=False),
                name="diaspora_membership_token",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="diaspora_membership_due")
        ]

    def __str__(self) -> str:
        return self.hub_name or self.address

    @property
    def is_member(self) -> bool:
        return self.state == MembershipState.MEMBER

    def handed_over_at(self, moment: datetime) -> set[str]:
        """Digests of newsrooms that hear of what was told at that moment from the hub."""
        own = turns.at(self.told, moment)
        if own is None or (self.switched_at and self.switched_at <= moment):
            return set()
        return set(self.newsrooms) - own

    @property
    def is_silent(self) -> bool:
        """Nothing was heard for a day: what was handed over may be told to nobody."""
        heard = self.last_heard_at or self.state_at
        return self.is_member and self.hands_over and heard < timezone.now() - SILENCE


class HubLineQuerySet(models.QuerySet):
    def told(self) -> Self:
        return self.exclude(state=DeliveryState.CANCELLED)

    def gaps(self) -> Self:
        """What came back there, unless a newer version went out since."""
        same = {name: OuterRef(name) for name in ("membership", "item", "language", "mailbox")}
        newer = HubLine.objects.told().filter(**same, version__gt=OuterRef("version"))
        return self.filter(~Exists(newer), state=DeliveryState.BOUNCED)

    def between(self, begins: datetime, ends: datetime) -> Self:
        return self.filter(created_at__gte=begins, created_at__lt=ends)


class HubLine(models.Model):
    """A line of the hub's ledger about an item of ours, as the hub said it last. `name` is its name there."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="lines")
    name = models.CharField(max_length=80)
    hub = models.CharField(pgettext_lazy("delivery of news", "through"), max_length=160, blank=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="hub_lines")
    language = models.CharField(_("language of the news"), max_length=20)
    version = models.PositiveIntegerField(pgettext_lazy("news item", "version"))
    newsroom = models.CharField(_("newsroom"), max_length=120)
    mailbox = models.CharField(max_length=64)
    """The digest of its address."""
    way = models.CharField(pgettext_lazy("delivery of news", "way"), max_length=4, choices=Way.choices)
    kind = models.CharField(_("what was told"), max_length=10, choices=ChangeKind.choices)
    title = models.CharField(pgettext_lazy("news item", "headline"), max_length=250)
    state = models.CharField(
        pgettext_lazy("delivery of news", "state"), max_length=10, choices=DeliveryState.choices
    )
    state_at = models.DateTimeField(pgettext_lazy("delivery of news", "since"))
    created_at = models.DateTimeField(pgettext_lazy("delivery of news", "told on"))
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    aired_on = models.DateField(null=True)

    objects = HubLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery through the hub")
        verbose_name_plural = _("deliveries through the hub")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["membership", "name"], name="diaspora_hub_line_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="diaspora_hub_line_state"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="diaspora_hub_line_told"),
            models.Index(fields=["membership"], condition=Q(state="bounced"), name="diaspora_hub_line_gap"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_state_display(self) -> str:
        return words_of(self)
