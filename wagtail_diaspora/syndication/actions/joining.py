"""How municipalities join a hub, with a person's yes or by a code, and leave it again.

Public API: `ask`; `accept`, `refuse`, `remove`; `begin`, `left`, `expire`. What a member's website has to
hear of, the clock tells it.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError, LimitReached
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality

from ..models import Member, RemoteSource
from ..models.members import INVITED_FOR
from ..states import MemberState
from . import moderating
from .membership import secret_hash

__all__ = ["MemberAlready", "UnknownCode", "accept", "ask", "begin", "expire", "left", "refuse", "remove"]

PENDING = 200
"""Requests that wait for a yes, of one hub; more are asked to come back later."""
PENDING_FOR = timedelta(days=60)
ASKED_FIRST_FOR = timedelta(days=1)
UNCONFIRMED_FOR = timedelta(days=30)
"""How long a website may take to confirm that it asked."""
HOUR = 3600


class UnknownCode(DiasporaError):
    """The code was never given, or was used, or its invitation is over."""


class MemberAlready(DiasporaError):
    """Nobody takes the place of a member, who leaves first or is removed, nor of whoever asked before."""


@retry_when_locked
@transaction.atomic
def ask(hub: Municipality, *, code: str, site: str, **facts: str) -> Member:
    """A website wants to join: with a code at once, else a person is asked.

    What it says of itself counts once its own callback has taken the token. Raises UnknownCode,
    MemberAlready, LimitReached.
    """
    known = Member.objects.filter(municipality=hub, site_url=site).first()
    if known and known.state == MemberState.JOINED:
        if known.confirmed_at:
            raise MemberAlready
        return _take_down(known, known.state, facts)
    if code:
        return _join_by_code(_by_code(hub, code), known, {**facts, "site_url": site})
    if known and _is_anothers(known, facts["callback"]):
        raise MemberAlready
    if known is None:
        _look_for_room(hub)
        defaults = {"state": MemberState.ASKS, "name": facts["name"], "email": facts["email"]}
        known, _new = Member.objects.get_or_create(municipality=hub, site_url=site, defaults=defaults)
    return _take_down(known, MemberState.ASKS, facts)


@retry_when_locked
@transaction.atomic
def accept(member: Member, *, rule: str, user: Any) -> bool:
    joined = {"state": MemberState.JOINED, "rule": rule, "due_at": timezone.now()}
    return _go(member, (MemberState.ASKS,), "accepted", user, **joined)


@retry_when_locked
@transaction.atomic
def refuse(member: Member, *, user: Any) -> bool:
    refused = {"state": MemberState.REFUSED, "due_at": timezone.now()}
    return _go(member, (MemberState.ASKS,), "refused", user, **refused)


@retry_when_locked
@transaction.atomic
def remove(member: Member, *, keep_reading: bool = False, user: Any) -> bool:
    """From the commit on its token opens nothing."""
    due = timezone.now() if member.nonce else None
    ended = {"state": MemberState.LEFT, "token_hash": "", "due_at": due}
    if not _go(member, (MemberState.JOINED,), "removed", user, **ended):
        return False
    if not keep_reading:
        _take_no_more(member, user)
    return True


@retry_when_locked
@transaction.atomic
def left(member: Member) -> bool:
    """By its own website."""
    ended = {"state": MemberState.LEFT, "token_hash": "", "due_at": None}
    if not _go(member, (MemberState.JOINED,), "left", None, **ended):
        return False
    _take_no_more(member, None)
    return True


@retry_when_locked
@transaction.atomic
def begin(member: Member) -> None:
    """Its news is read from now on, by the row that is there already, where there is one.

    What newsrooms are told of it follows from what its website says; where it says nothing, what it had
    published before is told to none.
    """
    site = {"name": member.name, "home_url": member.site_url, "rule": member.rule}
    source, new = RemoteSource.objects.get_or_create(
        municipality=member.municipality, feed_url=member.feed_url, defaults=site
    )
    if not new:
        moderating.resume([source], user=None)
    if member.source_id not in (None, source.pk):
        moderating.pause([member.source], user=None)
    if member.token_hash:
        RemoteSource.objects.filter(pk=source.pk).update(starts_anew=False)
    Member.objects.filter(source=source).exclude(pk=member.pk).update(source=None)
    Member.objects.filter(pk=member.pk).update(source=source, confirmed_at=timezone.now(), own=[])
    _log(member, "joined", None)


@retry_when_locked
def expire() -> int:
    """Requests that nobody answered, and a yes that no website confirmed."""
    now = timezone.now()
    asked = Member.objects.asking().filter(state_at__lt=now - PENDING_FOR)
    joined = Member.objects.filter(state=MemberState.JOINED, confirmed_at=None)
    invited = Member.objects.filter(state=MemberState.INVITED, invited_at__lt=now - 2 * INVITED_FOR)
    unconfirmed = joined.filter(state_at__lt=now - UNCONFIRMED_FOR)
    return sum(rows.delete()[0] for rows in (asked, unconfirmed, invited))


def _by_code(hub: Municipality, code: str) -> Member:
    since = timezone.now() - INVITED_FOR
    invited = Member.objects.filter(municipality=hub, state=MemberState.INVITED, invited_at__gt=since)
    found = invited.filter(code_hash=secret_hash(code)).first()
    if found is None:
        raise UnknownCode
    return found


def _join_by_code(invited: Member, known: Member | None, facts: dict[str, str]) -> Member:
    """Its person at the hub has said yes already. Who was a member before takes up that row."""
    used = Member.objects.filter(pk=invited.pk, code_hash=invited.code_hash)
    if known:
        taken = used.delete()[0]
        known.rule, known.email = invited.rule, invited.email
    else:
        taken = used.update(code_hash="")
    if not taken:
        raise UnknownCode
    said = facts | {"name": invited.name, "email": invited.email}
    return _take_down(known or invited, MemberState.JOINED, said)


def _take_down(member: Member, state: str, facts: dict[str, str]) -> Member:
    """Of somebody whom a person let in already, the name stays as that person saw it."""
    for name, value in facts.items():
        if state != member.state or name not in ("name", "email"):
            setattr(member, name, value)
    if state != member.state or member.state == MemberState.ASKS:
        member.state_at = timezone.now()
    joined = state == MemberState.JOINED
    member.state, member.code_hash, member.trouble, member.failures = state, "", "", 0
    member.due_at, member.confirmed_at = timezone.now() if joined else None, None
    member.parting = {}
    member.save()
    return member


def _is_anothers(known: Member, callback: str) -> bool:
    """Whoever asked first is called back; but nobody keeps a website out for long by asking in its name."""
    lately = known.state_at > timezone.now() - ASKED_FIRST_FOR
    return known.state == MemberState.ASKS and lately and known.callback != callback


def _look_for_room(hub: Municipality) -> None:
    if Member.objects.asking().filter(municipality=hub).count() >= PENDING:
        raise LimitReached(_("Too many wait for an answer. Please come back later."), retry_after=HOUR)


def _take_no_more(member: Member, user: Any) -> None:
    """What was passed on is corrected and withdrawn from here, since nobody else knows who got it."""
    moderating.only_follow(RemoteSource.objects.filter(member=member), user=user)


def _go(member: Member, before: tuple[str, ...], action: str, user: Any, **facts: Any) -> bool:
    """False where it did not stand so any more."""
    facts |= {"state_at": timezone.now(), "failures": 0, "trouble": ""}
    if not Member.objects.filter(pk=member.pk, state__in=before).update(**facts):
        return False
    _log(member, action, user)
    return True


def _log(member: Member, action: str, user: Any) -> None:
    name = f"diaspora_syndication.member_{action}"
    log(member, name, user=user, municipality=member.municipality)
