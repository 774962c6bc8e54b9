"""Who tells a newsroom of an item: a municipality or its hub, never both.

Public API: `Senders`, `handed_over`, `mailbox_digest`, `newsrooms_of`, `served_for`. Newsrooms are compared
by a digest of their mailbox, so that nobody learns an address from it. Who sent the first version of an item
also sends its corrections: so this is asked about news alone.
"""

import hashlib
from collections.abc import Collection

from wagtail_diaspora.municipalities.models import Municipality

from ..models import Channel, Edition, Member, Membership, Partner, RemoteSource
from ..states import MembershipState

__all__ = ["Senders", "handed_over", "mailbox_digest", "newsrooms_of", "served_for"]


def mailbox_digest(email: str) -> str:
    return hashlib.sha256(f"diaspora:{email.strip().casefold()}".encode()).hexdigest()


def newsrooms_of(municipality: Municipality | int) -> set[str]:
    """Those to which it sends: of whoever has not confirmed, or pauses, it does not speak."""
    emails = Partner.objects.confirmed().filter(municipality=municipality).values_list("email", flat=True)
    return set(map(mailbox_digest, emails))


def served_for(member: Member) -> set[str]:
    """Those that hear of its news here; none, while its feed is not read or not passed on."""
    read = RemoteSource.objects.read().passing().filter(pk=member.source_id)
    return newsrooms_of(member.municipality_id) if read.exists() else set()


class Senders:
    """Of one municipality: for its own items by whom they were handed over, as a hub by its members."""

    def __init__(self, municipality: Municipality, handed_over: Collection[str] = ()):
        self.handed_over = handed_over
        members = Member.objects.in_the_chain().filter(municipality=municipality, source__isnull=False)
        self.members = {member.source_id: member for member in members}

    def leave_to_other(self, partner: Partner, edition: Edition) -> bool:
        """Whether this partner hears of the news from the hub, or from whoever published it."""
        digest, item = mailbox_digest(partner.email), edition.item
        if item.source_id not in self.members:
            return digest in self.handed_over
        own = self.members[item.source_id].own_at(
            item.remote.updated_at if item.remote else edition.changed_at
        )
        return own is None or digest in own


def handed_over(channel: Channel) -> set[str]:
    """Digests of newsrooms: as the hub has taken note of them, and in the language that it reads."""
    handing = Membership.objects.filter(state=MembershipState.MEMBER, hands_over=True, told__isnull=False)
    found = handing.filter(municipality=channel.municipality_id, language=channel.language).first()
    return set(found.newsrooms) - set(found.told) if found else set()
