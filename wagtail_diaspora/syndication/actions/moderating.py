"""What people decide about sources and about news of others. Each is logged, and changes nothing twice.

Public API: `show`, `hide`, `pause`, `resume`, `read_now`, `follow`, `stay`, `subscribe`; `from_the_start` and
`once_more` for forms.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality

from ..models import RemoteItem, RemoteSource, RemoteState, SourceState
from ..models.remote_items import RemoteItemQuerySet
from ..reading import Listed
from . import passing

__all__ = [
    "follow",
    "from_the_start",
    "hide",
    "once_more",
    "pause",
    "read_now",
    "resume",
    "show",
    "stay",
    "subscribe",
]

UNLEASED = {"lease_token": "", "lease_until": None}
"""So that a reading that is under way is dropped when it ends."""
FORGET = {"etag": "", "modified": "", "body_hash": "", "entry_hashes": "", **UNLEASED}
"""So that the next reading takes everything over again."""
ANEW = {"starts_anew": True}
"""So that no partner is told of what stands there already."""


def show(items: Iterable[RemoteItem], *, user: Any) -> int:
    """Nobody shows what its publisher has withdrawn, or has put under embargo."""
    return _decide(items, RemoteState.SHOWN, "shown", user)


def hide(items: Iterable[RemoteItem], *, user: Any) -> int:
    """From whichever source the same piece of news came, or will come."""
    return _decide(items, RemoteState.HIDDEN, "hidden", user)


@retry_when_locked
@transaction.atomic
def _decide(items: Iterable[RemoteItem], state: RemoteState, action: str, user: Any) -> int:
    count = 0
    for item in items:
        same = RemoteItem.objects.filter(municipality=item.municipality_id, identity=item.identity)
        same = same if state == RemoteState.HIDDEN else same.filter(pk=item.pk)
        if _take(same, state):
            _log(item, action, user)
            count += 1
    return count


def _take(same: RemoteItemQuerySet, state: RemoteState) -> int:
    if state == RemoteState.HIDDEN:
        taken, act = same.exclude(state=state).update(state=state), passing.take_back
    else:
        taken, act = same.showable().update(state=state, embargoed_until=None), passing.look_again
    if taken:
        act(same)
    return taken


def pause(sources: Iterable[RemoteSource], *, user: Any) -> int:
    active = (SourceState.ACTIVE, SourceState.ASKS)
    return _change(sources, "source_paused", user, active, state=SourceState.PAUSED, **UNLEASED)


def resume(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """Also a source that was gone: it is asked again."""
    at_once = {"state": SourceState.ACTIVE, "proposed_url": "", "next_due_at": timezone.now()}
    at_once |= ANEW | UNLEASED
    stopped = (SourceState.PAUSED, SourceState.ASKS)
    return _change(sources, "source_resumed", user, stopped, **at_once, failures=0, trouble="")


def from_the_start(source: RemoteSource) -> dict[str, Any]:
    """What it becomes when somebody gives it another address: like new, unless it is paused."""
    state = SourceState.PAUSED if source.state == SourceState.PAUSED else SourceState.ACTIVE
    new = {"state": state, "next_due_at": timezone.now(), "last_checked_at": None}
    return new | ANEW | {"proposed_url": "", "declined_url": "", "failures": 0, "trouble": "", **FORGET}


def read_now(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """In the next round of the clock, from the start."""
    return _change(sources, "source_read_now", user, (SourceState.ACTIVE, SourceState.ASKS), **once_more())


def once_more() -> dict[str, Any]:
    """All that stands there is read in the next round of the clock."""
    return {"next_due_at": timezone.now(), **FORGET}


def follow(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """To the new address; where it is read already under another row, this one is paused."""
    count = 0
    for source in sources:
        if not source.proposed_url:
            continue
        others = RemoteSource.objects.filter(
            municipality=source.municipality_id, feed_url=source.proposed_url
        )
        changes = {
            "state": SourceState.ACTIVE,
            "feed_url": source.proposed_url,
            "next_due_at": timezone.now(),
            **ANEW,
        }
        if others.exclude(pk=source.pk).exists():
            changes = {"state": SourceState.PAUSED}
        asking = (SourceState.ASKS,)
        count += _change([source], "source_followed", user, asking, proposed_url="", **changes, **FORGET)
    return count


def stay(sources: Iterable[RemoteSource], *, user: Any) -> int:
    """At the address that is known; the same question is not asked again."""
    asking = [source for source in sources if source.proposed_url]
    return sum(
        _change(
            [source],
            "source_stayed",
            user,
            (SourceState.ASKS,),
            state=SourceState.ACTIVE,
            declined_url=source.proposed_url,
            proposed_url="",
            **UNLEASED,
        )
        for source in asking
    )


@retry_when_locked
@transaction.atomic
def subscribe(municipality: Municipality, listed: Iterable[Listed], *, rule: str, user: Any) -> int:
    """A row for each feed that is not read yet; returns how many are new."""
    listed = [one for one in listed if len(one.feed_url) <= 1000]
    known = set(RemoteSource.objects.filter(municipality=municipality).values_list("feed_url", flat=True))
    new = [
        RemoteSource(
            municipality=municipality,
            feed_url=one.feed_url,
            name=one.name,
            home_url=one.home_url if len(one.home_url) <= 1000 else "",
            rule=rule,
        )
        for one in listed
        if one.feed_url not in known
    ]
    for source in new:
        source.save()
        log(source, "wagtail.create", user=user, municipality=municipality)
    return len(new)


@retry_when_locked
@transaction.atomic
def _change(
    sources: Iterable[RemoteSource], action: str, user: Any, states: Iterable[str], **changes: Any
) -> int:
    changed = [
        source
        for source in sources
        if RemoteSource.objects.filter(pk=source.pk, state__in=states).update(**changes)
    ]
    for source in changed:
        _log(source, action, user)
    return len(changed)


def _log(row: RemoteSource | RemoteItem, action: str, user: Any) -> None:
    log(row, f"diaspora_syndication.{action}", user=user, municipality=row.municipality)
