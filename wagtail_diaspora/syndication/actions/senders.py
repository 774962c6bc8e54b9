"""Who tells a newsroom of an item: a municipality or its hub, never both.

Public API: `Senders`, `leave_untold`, `mailbox_digest`, `newsrooms_of`, `served_for`. Newsrooms are compared
by a digest of their mailbox, so that nobody learns an address from it. Who sent the first version of an item
also sends its corrections: so this is asked about news alone. Both sides decide by the moment at which the
municipality told the news first, so that neither takes it for the other's when they change turns.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from wagtail_diaspora.municipalities.models import Municipality

from ..models import Delivery, Edition, Member, Membership, Partner, RemoteSource, turns
from ..states import AT_ONCE_TOLD, MembershipState

__all__ = ["UNREAD", "Senders", "leave_untold", "mailbox_digest", "newsrooms_of", "served_for"]

UNREAD = 3
"""After so many failures, about half an hour, a municipality had better tell its news itself."""


def mailbox_digest(email: str) -> str:
    return hashlib.sha256(f"diaspora:{email.strip().casefold()}".encode()).hexdigest()


def newsrooms_of(municipality: Municipality | int) -> set[str]:
    """Those to which it sends: of whoever has not confirmed, or pauses, it does not speak."""
    emails = Partner.objects.confirmed().filter(municipality=municipality).values_list("email", flat=True)
    return set(map(mailbox_digest, emails))


def served_for(member: Member) -> set[str]:
    """Those that hear of its news here; none, while its feed is not read, cannot be, or is not passed on."""
    read = RemoteSource.objects.read().passing().filter(pk=member.source_id, failures__lt=UNREAD)
    return newsrooms_of(member.municipality_id) if read.exists() else set()


def leave_untold(municipality: Municipality | int, digests: Collection[str], which: Q) -> None:
    """News that still waits for these newsrooms, of which they hear from the other; in a transaction."""
    partners = Partner.objects.filter(municipality=municipality)
    theirs = [partner.pk for partner in partners if mailbox_digest(partner.email) in digests]
    Partner.objects.filter(pk__in=theirs).hold()
    waiting = Delivery.objects.waiting().filter(which, partner__in=theirs, asked=False)
    waiting.exclude(kind__in=AT_ONCE_TOLD).cancel()


class Senders:
    """Of one municipality: for its own items by what it hands over, as a hub by its members."""

    def __init__(self, municipality: Municipality, **handing: bool):
        members = Member.objects.in_the_chain().filter(municipality=municipality, source__isnull=False)
        self.own = dict(members.values_list("source", "own"))
        joined = Membership.objects.filter(municipality=municipality, state=MembershipState.MEMBER)
        self.membership = joined.filter(**handing).first()

    def leave_to_other(self, partner: Partner, edition: Edition, *, told_at: datetime) -> bool:
        """Whether this partner hears of the news from the hub, or from whoever published it."""
        digest, item = mailbox_digest(partner.email), edition.item
        if item.source_id in self.own:
            own = turns.at(self.own[item.source_id], item.remote.news_at if item.remote else told_at)
            return own is None or digest in own
        if not self.membership or self.membership.language != edition.language:
            return False
        return digest in self.membership.handed_over_at(told_at)
