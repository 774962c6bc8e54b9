from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.vault.models import PrivateFile

from ..states import GOT, REACHED_FROM, ChangeKind, DeliveryState, Way
from .items import Edition
from .partners import Partner

MOMENTS = {
    DeliveryState.SENT: "sent_at",
    DeliveryState.ACCEPTED: "accepted_at",
    DeliveryState.FETCHED: "fetched_at",
    DeliveryState.CONFIRMED: "confirmed_at",
    DeliveryState.BOUNCED: "bounced_at",
}


class DeliveryQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=DeliveryState.WAITING)

    def to_send(self, moment: datetime) -> Self:
        """Due, of a version that still stands: of an overtaken one the newer is sent, once it is noted."""
        due = self.waiting().filter(way=Way.MAIL, due_at__lte=moment)
        return due.filter(version=models.F("edition__version"))

    def under_way(self) -> Self:
        return self.filter(state=DeliveryState.UNDER_WAY)

    def seen(self) -> Self:
        """Of which the partner can know: of a mail that has not left, nobody there has anything to say."""
        unsent = Q(way=Way.MAIL, sent_at=None, accepted_at=None, confirmed_at=None, bounced_at=None)
        return self.exclude(unsent & ~Q(state=DeliveryState.ASIDE))

    def got(self) -> Self:
        """Also what is sent a second time just now."""
        return self.filter(Q(state__in=GOT) | Q(sent_at__isnull=False, bounced_at=None))

    def gaps(self) -> Self:
        """What came back, unless the item went out again since."""
        return self._newest().filter(state=DeliveryState.BOUNCED)

    def aside(self) -> Self:
        """Of which a restored backup does not know whether they had left: a person says."""
        return self._newest().filter(state=DeliveryState.ASIDE)

    def _newest(self) -> Self:
        newer = Delivery.objects.filter(partner=OuterRef("partner"), edition=OuterRef("edition"))
        newer = newer.filter(version__gt=OuterRef("version")).exclude(state=DeliveryState.CANCELLED)
        return self.filter(~Exists(newer))

    def reach(self, state: DeliveryState, *, at: datetime | None = None, **more: Any) -> int:
        """The one door: a state only follows those that it may follow. Returns how many rows did."""
        at = at or timezone.now()
        moment = {MOMENTS[state]: at} if state in MOMENTS else {}
        if state == DeliveryState.SENT:
            moment["bounced_at"] = None
        allowed = self.filter(state__in=REACHED_FROM[state])
        return allowed.update(state=state, state_at=at, noted_at=timezone.now(), **moment, **more)

    def cancel(self) -> int:
        """What was sent once stays sent: it is only not sent again."""
        again = self.filter(state__in=REACHED_FROM[DeliveryState.CANCELLED])
        again = again.filter(sent_at__isnull=False, bounced_at=None)
        sent_at = models.F("sent_at")
        sent = {"state": DeliveryState.SENT, "state_at": sent_at, "posted_at": sent_at}
        kept = again.update(**sent, noted_at=timezone.now())
        return kept + self.reach(DeliveryState.CANCELLED)


class Delivery(models.Model):
    """A line of the ledger: one version of an item in one language, to one partner, by one way.

    `title` stays when the item is withdrawn: the ledger says what was sent. Several lines may share one
    mail, the day's.
    """

    partner = models.ForeignKey(Partner, on_delete=models.RESTRICT, related_name="deliveries")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    version = models.PositiveIntegerField(pgettext_lazy("news item", "version"))
    number = models.BigIntegerField()
    kind = models.CharField(_("what was told"), max_length=10, choices=ChangeKind.choices)
    way = models.CharField(pgettext_lazy("delivery of news", "way"), max_length=4, choices=Way.choices)
    title = models.CharField(pgettext_lazy("news item", "headline"), max_length=250)
    state = models.CharField(
        pgettext_lazy("delivery of news", "state"),
        max_length=10,
        choices=DeliveryState.choices,
        default=DeliveryState.WAITING,
    )
    state_at = models.DateTimeField(pgettext_lazy("delivery of news", "since"), default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    asked = models.BooleanField(default=False)
    """The newsroom itself asked for this one, whatever else it takes."""
    attempt = models.PositiveSmallIntegerField(default=0)
    message_key = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    attachment = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """The picture for this mail alone; gone as soon as it is known what became of the mail."""
    posted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(pgettext_lazy("delivery of news", "told on"), default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    aired_on = models.DateField(null=True)
    noted_at = models.DateTimeField(default=timezone.now)
    """When the row was written last, by which a municipality reads on in its hub's ledger."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery to a partner")
        verbose_name_plural = _("deliveries to partners")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "edition", "version", "way"], name="diaspora_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="diaspora_delivery_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.AIRED) | Q(aired_on__isnull=False),
                name="diaspora_delivery_aired_on",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner", "due_at"], condition=Q(state="waiting"), name="diaspora_delivery_due"
            ),
            models.Index(fields=["message_key"], name="diaspora_delivery_message"),
            models.Index(
                fields=["partner"], condition=Q(state="under_way"), name="diaspora_delivery_under_way"
            ),
            models.Index(fields=["partner"], condition=Q(state="bounced"), name="diaspora_delivery_gap"),
            models.Index(fields=["partner"], condition=Q(state="aside"), name="diaspora_delivery_aside"),
            models.Index(fields=["created_at"], name="diaspora_delivery_noted"),
            models.Index(fields=["noted_at", "id"], name="diaspora_delivery_read_on"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.edition_id} {self.version}"

    @property
    def is_got(self) -> bool:
        return self.state in GOT or (self.sent_at is not None and self.bounced_at is None)

    @property
    def newsroom(self) -> str:
        return self.partner.name

    @property
    def language(self) -> str:
        return self.edition.language

    @property
    def item_id(self) -> UUID:
        return self.edition.item_id

    def get_state_display(self) -> str:
        return words_of(self)


def words_of(line: Any) -> str:
    """The ledger's words for a state; what waits in a feed waits for their software."""
    if line.state == DeliveryState.WAITING and line.way == Way.FEED:
        return str(_("stands in their feed"))
    return str(DeliveryState(line.state).label)


def counted(lines: models.QuerySet) -> Counter[str]:
    """How many there are in each of the ledger's words, from the first state to the last."""
    found = lines.order_by().values_list("state", "way").annotate(models.Count("pk"))
    count: Counter[str] = Counter()
    for state, way, number in sorted(found, key=lambda one: DeliveryState.values.index(one[0])):
        count[words_of(Delivery(state=state, way=way))] += number
    return count


def by_partner(rows: Iterable[Delivery]) -> dict[tuple[int, int], list[Delivery]]:
    """By partner and edition, oldest version first."""
    found: dict[tuple[int, int], list[Delivery]] = {}
    for row in sorted(rows, key=lambda one: one.version):
        found.setdefault((row.partner_id, row.edition_id), []).append(row)
    return found
