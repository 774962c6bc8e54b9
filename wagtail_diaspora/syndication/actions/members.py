"""A hub and its members: what their websites are told by the clock, and what they say about newsrooms.

Public API: `call_members`, `member_with`, `note_own`, `note_heard`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.words import say

from .. import addresses
from ..models import ChainTrouble, Delivery, Member, Partner, RemoteSource
from ..states import AT_ONCE_TOLD, MembershipState, MemberState
from . import calling
from .errands import CallFailed, run
from .joining import begin
from .membership import secret_hash
from .senders import mailbox_digest, served_for

__all__ = ["call_members", "member_with", "note_heard", "note_own"]

GIVES_UP = 20
HEARD_AFTER = timedelta(hours=1)
STATUS = dict.fromkeys((400, 401, 403, 404, 410), ChainTrouble.STRANGER)
STATUS |= {429: ChainTrouble.BUSY, 503: ChainTrouble.BUSY}
SAID = {
    MemberState.JOINED: MembershipState.MEMBER,
    MemberState.REFUSED: MembershipState.REFUSED,
    MemberState.LEFT: MembershipState.LEFT,
}


def call_members() -> int:
    return run(Member.objects.select_related("municipality__site"), _call)


def member_with(token: str) -> Member | None:
    """Whoever shows this token, as long as it is a member."""
    members = Member.objects.in_the_chain().select_related("municipality__site")
    return members.filter(token_hash=secret_hash(token)).first() if token else None


@retry_when_locked
@transaction.atomic
def note_own(member: Member, digests: Collection[str], *, since: datetime) -> list[str]:
    """Of these it tells its news itself, from that moment on; returns those that the hub serves.

    Said again it changes nothing: an answer may have been lost. Feeds say whole seconds.
    From then on this decides, and no longer what a first reading brought.
    """
    own, since = sorted(set(digests)), since.replace(microsecond=0)
    known = Member.objects.select_for_update().get(pk=member.pk)
    if own != known.own:
        facts = {"own": own, "own_since": since, "own_before": known.own}
        Member.objects.filter(pk=member.pk).update(**facts)
        RemoteSource.objects.filter(pk=member.source_id).update(starts_anew=False)
        _leave_untold(member, own, since)
    return sorted(served_for(member))


@retry_when_locked
def note_heard(member: Member) -> None:
    """Seldom: a reading is no reason to write each time."""
    now = timezone.now()
    if not member.last_heard_at or member.last_heard_at < now - HEARD_AFTER:
        Member.objects.filter(pk=member.pk).update(last_heard_at=now)


def _leave_untold(member: Member, own: list[str], since: datetime) -> None:
    """News that still waits here and that the municipality has sent itself meanwhile."""
    partners = Partner.objects.confirmed().filter(municipality=member.municipality_id)
    theirs = [partner.pk for partner in partners if mailbox_digest(partner.email) in own]
    waiting = Delivery.objects.waiting().filter(partner__in=theirs).exclude(kind__in=AT_ONCE_TOLD)
    newer = waiting.filter(
        edition__item__source=member.source_id, edition__item__remote__updated_at__gte=since
    )
    Partner.objects.filter(pk__in=theirs).hold()
    newer.cancel()


def _call(member: Member) -> None:
    if not member.callback or member.state not in SAID:
        return
    said = {"nonce": member.nonce, "state": SAID[member.state]}
    if member.state == MemberState.JOINED:
        said |= _admission(member)
    try:
        calling.tell(member.callback, said, asked_by=member.municipality.root_url, status=STATUS)
    except CallFailed:
        if member.state == MemberState.JOINED or member.failures < GIVES_UP:
            raise
    if member.state == MemberState.JOINED:
        _confirmed(member)


def _admission(member: Member) -> dict[str, str]:
    """Said again, the token is the same; only its digest is kept."""
    token = salted_hmac("diaspora_syndication.token", f"{member.pk}:{member.nonce}", algorithm="sha256")
    hub, token = member.municipality, token.hexdigest()
    member.token_hash = secret_hash(token)
    rows = Member.objects.filter(pk=member.pk, state=MemberState.JOINED, due_at=member.due_at)
    if not retry_when_locked(rows.update)(token_hash=member.token_hash):
        raise CallFailed(ChainTrouble.UNKNOWN)
    name = say(hub.name, member.language) or hub.code
    return {"token": token, "chain": urljoin(hub.root_url, addresses.chain()), "hub": name}


@retry_when_locked
@transaction.atomic
def _confirmed(member: Member) -> None:
    """Unless it was removed meanwhile."""
    facts = {"last_heard_at": timezone.now(), "due_at": None, "failures": 0, "trouble": ""}
    rows = Member.objects.filter(pk=member.pk, state=MemberState.JOINED, due_at=member.due_at)
    if rows.update(**facts):
        begin(member)
