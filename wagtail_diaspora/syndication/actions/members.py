"""A hub and its members: what their websites are told by the clock, and what they say about newsrooms.

Public API: `call_members`, `member_with`, `note_own`, `note_heard`, `newest_read`, `read_until`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.words import say

from .. import addresses
from ..models import ChainTrouble, Member, RemoteSource, turns
from ..models.turns import Turns
from ..states import MembershipState, MemberState
from . import calling
from .errands import CallFailed, run
from .joining import begin
from .membership import secret_hash
from .senders import leave_untold

__all__ = ["call_members", "member_with", "newest_read", "note_heard", "note_own", "read_until"]

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
    return run(Member.objects.select_related("municipality__site", "source"), _call)


def member_with(token: str) -> Member | None:
    """Whoever shows this token, as long as it is a member."""
    members = Member.objects.admitted().select_related("municipality__site", "source")
    return members.filter(token_hash=secret_hash(token)).first() if token else None


@retry_when_locked
@transaction.atomic
def note_own(member: Member, digests: Collection[str], *, since: datetime) -> Turns:
    """To these it tells its news itself, from that moment on; returns all that is known of it.

    From then on this decides, and no longer what a first reading brought.
    """
    known = Member.objects.select_for_update().get(pk=member.pk)
    own = turns.turned(known.own, since, digests)
    if own != known.own:
        Member.objects.filter(pk=member.pk).update(own=own)
        RemoteSource.objects.filter(pk=member.source_id).update(starts_anew=False)
        newer = Q(edition__item__source=member.source_id, edition__item__remote__news_at__gte=since)
        leave_untold(member.municipality_id, digests, newer)
    return own


@retry_when_locked
def note_heard(member: Member) -> None:
    """Seldom: a reading is no reason to write each time."""
    now = timezone.now()
    if not member.last_heard_at or member.last_heard_at < now - HEARD_AFTER:
        Member.objects.filter(pk=member.pk).update(last_heard_at=now)


def read_until(member: Member) -> int | None:
    """As `newest_read`; None while more may come."""
    return newest_read(member) if member.source and not member.source.is_read_for_news else None


def newest_read(member: Member) -> int | None:
    """The second of its newest news that was read here, by its own clock."""
    newest = member.source.items.aggregate(newest=Max("news_at"))["newest"]
    began = member.own[0][0] - 1 if member.own else None
    return int(newest.timestamp()) if newest else began


def _call(member: Member) -> None:
    if not member.callback or member.state not in SAID:
        return
    said = {"nonce": member.nonce, "state": SAID[member.state]}
    if member.state == MemberState.JOINED:
        said |= _admission(member)
    if member.state == MemberState.LEFT:
        said |= member.parting or {"read": read_until(member)}
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
