"""Reads the feeds whose time has come, politely.

Public API: `poll`. One request to a host at a time and a pause between two; validators and a hash, so that
what did not change is not parsed; more often where much is new, seldom where nothing is. A source is taken
by a lease, so that a killed round is taken up again, and one that fails holds up no other.
"""

import logging
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked

from ..fetching import Fetched, FetchError, fetch
from ..models import RemoteSource
from .settling import is_unchanged, put_off, rest_of, settle, settle_unchanged

__all__ = ["poll"]

logger = logging.getLogger(__name__)

AT_ONCE = 8
PORTION = 40
"""Sources that are taken, and unchanged ones that are written, by one statement."""
PER_RUN = 1000
RUN_SECONDS = 45
"""Less than a minute: the clock's other jobs wait for this one, and who is still due is asked by the next."""
LEASE = timedelta(minutes=3)
PAUSE = 2.0
"""Seconds between two requests to one host."""
SLACK = 0.005
DEADLINE = 20.0
MAX_BYTES = 3 * 1024 * 1024


class Round:
    """Who is still to be asked, by host: the longest due first, and no host before it has rested."""

    def __init__(self) -> None:
        self.ends = time.monotonic() + RUN_SECONDS
        self.waiting: dict[str, deque[int]] = {}
        self.free_at: dict[str, float] = {}
        self.busy: dict[int, str] = {}
        self.taken: deque[RemoteSource] = deque()
        due = RemoteSource.objects.due(timezone.now()).order_by("next_due_at")
        for pk, feed_url in due.values_list("pk", "feed_url")[:PER_RUN]:
            self.waiting.setdefault(urlsplit(feed_url).netloc.lower(), deque()).append(pk)

    def take(self, most: int) -> list[RemoteSource]:
        """Of different hosts; none is asked again before `rest` says that it has answered."""
        if time.monotonic() >= self.ends:  # what is taken is free again when its lease is over
            self.waiting.clear()
            self.taken.clear()
        elif len(self.taken) < most:
            self.take_more()
        return [self.taken.popleft() for _one in range(min(most, len(self.taken)))]

    def take_more(self) -> None:
        now, free = time.monotonic(), set(self.waiting) - set(self.busy.values())
        hosts = [host for host in self.waiting if host in free and self.free_at.get(host, 0) <= now]
        chosen = {self.waiting[host].popleft(): host for host in hosts[:PORTION]}
        self.waiting = {host: keys for host, keys in self.waiting.items() if keys}
        claimed = claim(chosen) if chosen else []
        self.busy |= {source.pk: chosen[source.pk] for source in claimed}
        self.taken.extend(claimed)

    def rest(self, source: RemoteSource, answer: Fetched | FetchError) -> None:
        """A host that is away or has enough is left alone for this round, and for as long as it says."""
        host, seconds = self.busy.pop(source.pk), rest_of(answer)
        self.free_at[host] = time.monotonic() + PAUSE
        others = self.waiting.pop(host, ()) if seconds is not None else ()
        if others and seconds:
            put_off(others, seconds)

    def pause(self) -> float:
        """Seconds until the first of those that wait has rested; a busy one answers first."""
        if self.waiting.keys() - self.free_at.keys():  # somebody who was not asked yet
            return 0
        free = self.waiting.keys() - set(self.busy.values())
        soonest = min((self.free_at[host] for host in free), default=time.monotonic() + DEADLINE)
        return max(soonest - time.monotonic(), 0)


def poll() -> int:
    """One round; returns how many sources had something new."""
    changed, current = 0, Round()
    asked: dict[Future, RemoteSource] = {}
    quiet: list[RemoteSource] = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while current.waiting or current.taken or asked:
            if len(asked) <= AT_ONCE // 2:
                asked |= {threads.submit(read, one): one for one in current.take(AT_ONCE - len(asked))}
            if current.waiting and not asked:
                time.sleep(current.pause())
            for future in wait(asked, current.pause() + SLACK, FIRST_COMPLETED).done:
                source, answer = asked.pop(future), future.result()
                current.rest(source, answer)
                if is_unchanged(source, answer):
                    quiet.append(source)
                else:
                    changed += keep(source, answer)
            if len(quiet) >= PORTION or not asked:
                settle_unchanged(quiet)
                quiet.clear()
    return changed


@retry_when_locked
def claim(keys: Iterable[int]) -> list[RemoteSource]:
    """Only those that are still due and that nobody else has taken."""
    now, token = timezone.now(), uuid4().hex
    mine = RemoteSource.objects.due(now).filter(pk__in=list(keys))
    mine.update(lease_token=token, lease_until=now + LEASE)
    return list(
        RemoteSource.objects.filter(lease_token=token)
        .select_related("municipality__site")
        .defer("entry_hashes")
    )


def read(source: RemoteSource) -> Fetched | FetchError:
    """Runs in a thread of its own, and asks no database."""
    try:
        return fetch(
            source.feed_url,
            etag=source.etag,
            modified=source.modified,
            deadline_seconds=DEADLINE,
            max_bytes=MAX_BYTES,
            asked_by=source.municipality.root_url,
        )
    except FetchError as error:
        return error
    except Exception as error:  # whatever it is, the other sources are read
        logger.error("Source %s cannot be read: %s", source.pk, type(error).__name__)
        return FetchError()


def keep(source: RemoteSource, answer: Fetched | FetchError) -> bool:
    try:
        return settle(source, answer)
    except Exception as error:  # its lease ends, and it is tried again
        logger.error("Source %s was not settled: %s", source.pk, type(error).__name__)
        return False
