import gzip
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple, Self

from django.db import connections, models, router
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from wagtail_diaspora.municipalities.models import Municipality

from ..states import ChangeKind
from .items import Edition
from .partners import Partner

LOOK_UP = """
SELECT content_type, link, etag, changed_at, CASE WHEN etag IN ({known}) THEN NULL ELSE packed END, {cuts}
FROM diaspora_syndication_feedfile WHERE path = %s
"""
SHELVES = 64
"""Of how many feeds a process keeps the bytes."""


class Sent(NamedTuple):
    """Of a feed. `packed` may be None where the reader has these bytes, `cuts` where nobody asked."""

    content_type: str
    link: str
    etag: str
    changed_at: int
    packed: bytes | None
    cuts: str | None


class Shelf:
    """Where a process keeps one feed as it last read it: readers ask again and again for the same bytes."""

    sent = Sent("", "", "", 0, b"", None)


_shelf_of = lru_cache(maxsize=SHELVES)(lambda path: Shelf())


class ChannelQuerySet(models.QuerySet):
    def being_written(self) -> Self:
        """Of which the files are of an earlier number."""
        number = Concat(Cast("number", models.CharField()), models.Value("-"))
        return self.exclude(municipality__site=None).exclude(rendered__startswith=number)


class Channel(models.Model):
    """What one municipality tells in one language, counted: every change has the next number.

    `changed_at` rises by a second at least with each number, so that a reader who knows only a date misses
    nothing.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="channels")
    language = models.CharField(max_length=20)
    number = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    rendered = models.CharField(max_length=40, blank=True)
    """Of which number, and by which way of writing, the files are."""
    told = models.BigIntegerField(default=0)
    """Up to which number it stands in the ledger who is to be told."""

    objects = ChannelQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["municipality", "language"], name="diaspora_channel_language")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.language}"


class Change(models.Model):
    """One thing that happened to an edition. Never altered; whoever tells partners reads on from a number."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="changes")
    number = models.BigIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    note = models.CharField(max_length=300, blank=True)
    origin_version = models.PositiveIntegerField(null=True)
    """The publisher's own count, of what a hub passes on."""
    quiet = models.BooleanField(default=False)
    """Stands in feeds, and no partner is told."""
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["channel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "number"], name="diaspora_change_number"),
            models.UniqueConstraint(fields=["edition", "version"], name="diaspora_change_version"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ChangeKind.values), name="diaspora_change_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class FeedFileQuerySet(models.QuerySet):
    def carrying(self, edition: Edition) -> Self:
        """In which the words of this edition stand."""
        carried = self.values_list("pk", "carries")
        return self.filter(pk__in=[pk for pk, editions in carried if edition.pk in editions])


class FeedFile(models.Model):
    """The bytes of one feed as they are sent, with their validators; found by its path alone.

    Bytes of an earlier number may still be sent until newer ones are written, except those that carry what
    was withdrawn, which are deleted in the same transaction.
    """

    path = models.CharField(max_length=200)
    """Of a partner's own feed without its token: see `addresses.kept_path`."""
    url = models.CharField(max_length=500, blank=True)
    """Its absolute address, by which one subscribes to it. An archive and a partner's own feed have none."""
    link = models.TextField(blank=True)
    """The header of the same name."""
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="files")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.CASCADE, related_name="files")
    """Whose own feed it is; None for everybody's."""
    number = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    packed = models.BinaryField()
    """By gzip, as nearly every reader takes it."""
    etag = models.CharField(max_length=80)
    changed_at = models.BigIntegerField()
    """In seconds since 1970, as HTTP compares it."""
    digest = models.CharField(max_length=64)
    """Of what it is written from: as long as that is the same, nobody writes it again."""
    carries = models.JSONField(default=list)
    """Keys of the editions in it."""
    cuts = models.JSONField(default=list)
    """Where in `body` each entry begins and ends, and the number of its last change."""

    objects = FeedFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["path"], name="diaspora_feed_path"),
            models.CheckConstraint(
                condition=models.Q(partner=None) | models.Q(url=""), name="diaspora_feed_private"
            ),
        ]
        # Not by `unique` and `db_index`: PostgreSQL would have a second index of each for LIKE, and look at
        # all of them whenever a feed is asked for.
        indexes = [models.Index(fields=["url"], name="diaspora_feed_url")]

    def __str__(self) -> str:
        return self.path

    @classmethod
    def look_up(cls, path: str, *, known: Collection[str], cuts: bool = False) -> Sent | None:
        """As the database gives it: composing and reading this by the ORM takes longer than all else.

        The row says what is sent; its bytes come with it only where neither the reader nor this process
        has them.
        """
        shelf = _shelf_of(path)
        kept = shelf.sent
        marks = ", ".join(["%s"] * (len(known) + 1))
        cut = "CAST(cuts AS text)" if cuts else "NULL"
        with connections[router.db_for_read(cls)].cursor() as cursor:
            cursor.execute(LOOK_UP.format(known=marks, cuts=cut), [*known, kept.etag, path])
            row = cursor.fetchone()
        if row is None:
            return None
        sent = Sent._make(row)
        if sent.packed is not None:
            shelf.sent = sent = sent._replace(packed=bytes(sent.packed))
        elif sent.etag == kept.etag:
            sent = sent._replace(packed=kept.packed)
        return sent

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.packed)
