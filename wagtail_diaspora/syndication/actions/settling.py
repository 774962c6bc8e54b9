"""What became of one reading of a source, in one transaction.

Public API: `settle`; `is_unchanged`, `settle_unchanged`; `rest_of`, `put_off`; `retry_after` of any answer.
"""

import hashlib
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, DateTimeField, Value, When
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.logs import log

from .. import reading
from ..fetching import Fetched, NotReached, RemoteTrouble, TooSlow
from ..models import RemoteSource, SourceState, Trouble
from ..models.remote import RemoteSourceQuerySet
from .ingesting import take_over

__all__ = ["is_unchanged", "put_off", "rest_of", "retry_after", "settle", "settle_unchanged"]

SHORTEST, LONGEST = 600, 24 * 3600
SPREAD = 0.1
READ = {"starts_anew": False}
"""What comes from now on is new, also where there was nothing."""
DECIDED = ("name", "home_url", "rule", "words", "takes_new")
STATUS = {
    401: Trouble.FORBIDDEN,
    403: Trouble.FORBIDDEN,
    404: Trouble.NOT_FOUND,
    410: Trouble.GONE,
    429: Trouble.BUSY,
    503: Trouble.BUSY,
}


def settle(source: RemoteSource, answer: Fetched | RemoteTrouble) -> bool:
    """Whether there was something new. What another round has taken meanwhile is left to it."""
    try:
        if isinstance(answer, RemoteTrouble):
            raise answer
        return _settle(source, answer)
    except RemoteTrouble as trouble:
        return _write(source, _failed(source, trouble.code)) and False


def is_unchanged(source: RemoteSource, answer: Fetched | RemoteTrouble) -> bool:
    """Whether there is nothing to write but that it was read."""
    return isinstance(answer, Fetched) and answer.status == 304 and not _moved(source, answer)


def settle_unchanged(sources: Iterable[RemoteSource]) -> int:
    """Of many by few statements; returns how many were still ours."""
    by_lease: dict[tuple[str, int], list[RemoteSource]] = {}
    for source in sources:
        by_lease.setdefault((source.lease_token, source.interval), []).append(source)
    return sum(
        _write_unchanged(token, _interval(interval, changed=False), [source.pk for source in found])
        for (token, interval), found in by_lease.items()
    )


@retry_when_locked
def _write_unchanged(token: str, interval: int, keys: list[int]) -> int:
    dues = Case(*(When(pk=key, then=Value(_in(interval))) for key in keys), output_field=DateTimeField())
    mine = RemoteSource.objects.filter(pk__in=keys, lease_token=token)
    return mine.update(**_done(), **READ, interval=interval, failures=0, trouble="", next_due_at=dues)


@retry_when_locked
def put_off(keys: Iterable[int], seconds: int) -> int:
    """What else stands on a host that asked for a rest."""
    until = _in(min(seconds, LONGEST))
    return RemoteSource.objects.filter(pk__in=list(keys), next_due_at__lt=until).update(next_due_at=until)


def rest_of(answer: Fetched | RemoteTrouble) -> int | None:
    """Seconds for which the whole host is left alone: it asked for that, or nobody was there (0)."""
    if isinstance(answer, RemoteTrouble):
        return 0 if isinstance(answer, (NotReached, TooSlow)) else None
    return retry_after(answer) if STATUS.get(answer.status) == Trouble.BUSY else None


def _settle(source: RemoteSource, answer: Fetched) -> bool:
    if answer.status == 304:
        return _write(source, _went_well(source, answer, changed=False)) and False
    if not answer.is_ok:
        code = STATUS.get(answer.status, Trouble.SERVER)
        return _write(source, _failed(source, code, retry_after(answer))) and False
    known = {"body_hash": hashlib.sha256(answer.body).hexdigest(), **_validators(answer)}
    if known["body_hash"] == source.body_hash:
        return _write(source, _went_well(source, answer, changed=False) | known) and False
    if reading.is_page(answer.body):
        return _write(source, _found(source, reading.find_feeds(answer.body, url=answer.url))) and False
    body, known["entry_hashes"] = reading.without_known(answer.body, source.entry_hashes)
    feed = reading.read(body, url=answer.url, headers=answer.headers)
    return _take_over(source, feed, known, answer)


@retry_when_locked
@transaction.atomic
def _take_over(
    source: RemoteSource,
    feed: reading.RemoteFeed,
    known: dict[str, Any],
    answer: Fetched,
) -> bool:
    """As a person wants it by now: what was changed while it was read holds."""
    if not _leased(source).update(lease_until=None):
        return False
    source.refresh_from_db(fields=DECIDED)
    taken = take_over(source, feed)
    changes = known | {"unusable": taken.unusable} | READ | _about(source, feed)
    if taken.unusable:  # to be counted again
        changes["entry_hashes"] = ""
    if taken.changed:
        changes |= {"last_changed_at": timezone.now(), "look_at": timezone.now()}
    changes |= _went_well(source, answer, changed=bool(taken.changed))
    _log_move(source, changes)
    RemoteSource.objects.filter(pk=source.pk).update(**changes)
    return bool(taken.changed)


def _write(source: RemoteSource, changes: dict[str, Any]) -> bool:
    """One statement, unless there is something to tell; nothing, where the lease has gone to another."""
    if "state" not in changes:
        return bool(retry_when_locked(_leased(source).update)(**changes))
    return _write_and_tell(source, changes)


@retry_when_locked
@transaction.atomic
def _write_and_tell(source: RemoteSource, changes: dict[str, Any]) -> bool:
    written = _leased(source).update(**changes)
    if written:
        _log_move(source, changes)
    return bool(written)


def _leased(source: RemoteSource) -> RemoteSourceQuerySet:
    return RemoteSource.objects.filter(pk=source.pk, lease_token=source.lease_token)


def _log_move(source: RemoteSource, changes: dict[str, Any]) -> None:
    if "state" not in changes:
        return
    proposed = changes["proposed_url"]
    action = "source_moved" if proposed else "source_gone"
    data = {"proposed": proposed} if proposed else None
    log(source, f"diaspora_syndication.{action}", user=None, municipality=source.municipality, data=data)


def _went_well(source: RemoteSource, answer: Fetched, *, changed: bool) -> dict[str, Any]:
    """More often where there is news, more seldom where there is none."""
    interval = _interval(source.interval, changed=changed)
    well = {"interval": interval, "next_due_at": _in(interval), "failures": 0, "trouble": ""}
    return _done() | well | READ | _moved(source, answer)


def _interval(last: int, *, changed: bool) -> int:
    return min(max(last // 2 if changed else last * 2, SHORTEST), LONGEST)


def _failed(source: RemoteSource, code: str, pause: int = 0) -> dict[str, Any]:
    """Twice as long after each failure, and never sooner than the server asked."""
    failures = min(source.failures + 1, 100)
    wait = min(max(SHORTEST * 2 ** min(failures - 1, 10), pause), LONGEST)
    changes = _done() | {"failures": failures, "trouble": code, "next_due_at": _in(wait)}
    return changes | ({"state": SourceState.ASKS, "proposed_url": ""} if code == Trouble.GONE else {})


def _done() -> dict[str, Any]:
    return {"lease_token": "", "lease_until": None, "last_checked_at": timezone.now()}


def _moved(source: RemoteSource, answer: Fetched) -> dict[str, Any]:
    """A person says whether the feed is read at its new address from now on; until then it is read here.

    Of an address that was just pasted nobody is asked: it is where it leads to.
    """
    target = answer.permanent_url
    known = (source.feed_url, source.proposed_url, source.declined_url)
    if target in known or len(target) > 1000:
        return {}
    if source.is_new and not _others(source).filter(feed_url=target).exists():
        return {"feed_url": target}
    return {"state": SourceState.ASKS, "proposed_url": target}


def _found(source: RemoteSource, addresses: list[str]) -> dict[str, Any]:
    """The feed of the page that was pasted, to be read at once."""
    if _others(source).filter(feed_url=addresses[0]).exists():
        return _failed(source, Trouble.TWICE) | {"next_due_at": _in(LONGEST)}
    if len(addresses[0]) > 1000:
        raise reading.NoFeedNamed
    home = source.home_url or source.feed_url
    soon = {"feed_url": addresses[0], "home_url": home, "next_due_at": timezone.now(), "trouble": ""}
    return _done() | soon


def _others(source: RemoteSource) -> RemoteSourceQuerySet:
    return RemoteSource.objects.filter(municipality=source.municipality_id).exclude(pk=source.pk)


def _about(source: RemoteSource, feed: reading.RemoteFeed) -> dict[str, Any]:
    """What the feed says of itself, where no person has said it."""
    hub = feed.hub_urls[0] if feed.hub_urls else ""
    said = {"name": source.name or feed.title, "home_url": source.home_url or feed.home_url}
    addresses = {"hub_url": hub, "self_url": feed.self_url, "home_url": said.pop("home_url")}
    return said | {name: url if len(url) <= 1000 else "" for name, url in addresses.items()}


def _validators(answer: Fetched) -> dict[str, str]:
    """One that is cut is none."""
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    return {"etag": etag if len(etag) <= 500 else "", "modified": modified if len(modified) <= 100 else ""}


def retry_after(answer: Fetched) -> int:
    """Seconds; the header has them, or a date."""
    value = answer.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return int(value[:6])
    try:
        return max(int(parsedate_to_datetime(value).timestamp() - timezone.now().timestamp()), 0)
    except (ValueError, TypeError, OverflowError):
        return 0


def _in(seconds: float) -> datetime:
    """Spread a little, so that what is read together once is not read together for ever."""
    return timezone.now() + timedelta(seconds=seconds * random.uniform(1, 1 + SPREAD))  # noqa: S311
