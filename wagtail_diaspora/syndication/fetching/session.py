"""A session of requests that connects only to public addresses, and ends at its deadline.

Public API: `open_session`, `check_address`.
"""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from ssrfguard import BlockedAddressError, BlockedURLError, Policy
from ssrfguard.requests import SafeAdapter, Session

from wagtail_diaspora import conf

from .deadline import Deadline
from .errors import AddressRefused, NotAnAddress

__all__ = ["ATTEMPTS", "check_address", "open_session"]

PORTS = frozenset({80, 443, *range(1024, 65536)})
"""No mail, no file sharing: other people's servers are not ours to try."""

ATTEMPTS = 2
"""Addresses of a name that are tried, each for its part of the time that is left."""


class WatchedAdapter(SafeAdapter):
    """Tells the deadline of every connection, before anything is said on it."""

    deadline: Deadline

    def __init__(self, policy: Policy):
        super().__init__(policy=policy, resolver=self.look_up, pool_connections=1, pool_maxsize=1)

    def look_up(self, *question: Any) -> Any:
        return self.deadline.look_up(*question)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        pools = self.poolmanager.pool_classes_by_scheme
        self.poolmanager.pool_classes_by_scheme = {
            scheme: _watched(pool, self) for scheme, pool in pools.items()
        }


class OneHopSession(Session):
    """Requests would read the whole body of a redirect, however large: we follow ourselves."""

    def __init__(self, policy: Policy):
        super().__init__(policy=policy)
        self.trust_env = False  # no proxies and no passwords of the machine
        self.adapter = WatchedAdapter(policy)
        self.mount("http://", self.adapter)
        self.mount("https://", self.adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def check_address(url: str) -> None:
    """What can be told without asking anybody: raises NotAnAddress, or AddressRefused where it is in numbers.

    Where a name leads is looked up when it is called.
    """
    try:
        _policy(tuple(conf.FETCH_ALLOWED_ADDRESSES)).check_url(url)
    except BlockedURLError as error:
        is_private = isinstance(error.__cause__, BlockedAddressError)
        raise (AddressRefused if is_private else NotAnAddress) from error


@contextmanager
def open_session(deadline: Deadline) -> Iterator[OneHopSession]:
    """One for each thread, since making it takes longer than asking with it; nothing else is kept."""
    policy = _policy(tuple(conf.FETCH_ALLOWED_ADDRESSES))
    session = getattr(_kept, "session", None)
    if session is None or session.policy is not policy:
        session = _kept.session = OneHopSession(policy)
    session.adapter.deadline = deadline
    try:
        yield session
    finally:
        session.adapter.close()
        session.cookies.clear()


_kept = threading.local()


@functools.lru_cache(maxsize=8)
def _policy(allowed: tuple[str, ...]) -> Policy:
    return Policy(allowed_ports=PORTS, allowed_networks=allowed, max_connection_attempts=ATTEMPTS)


def _watched(pool: type, adapter: WatchedAdapter) -> type:
    class WatchedConnection(pool.ConnectionCls):
        def _new_conn(self) -> Any:
            connection = super()._new_conn()
            adapter.deadline.watch(connection)
            return connection

    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": WatchedConnection})
