"""A session of requests that connects only to public addresses, and ends at its deadline.

Public API: `open_session`.
"""

import functools
from typing import Any

import requests
from ssrfguard import Policy
from ssrfguard.requests import SafeAdapter, Session

from wagtail_diaspora import conf

from .deadline import Deadline

__all__ = ["open_session"]

PORTS = frozenset({80, 443, *range(1024, 65536)})
"""No mail, no file sharing: other people's servers are not ours to try."""


class WatchedAdapter(SafeAdapter):
    """Tells the deadline of every connection, before anything is said on it."""

    def __init__(self, *, deadline: Deadline, **options: Any):
        self.deadline = deadline
        super().__init__(resolver=deadline.look_up, **options)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        pools = self.poolmanager.pool_classes_by_scheme
        self.poolmanager.pool_classes_by_scheme = {
            scheme: _watched(pool, self.deadline) for scheme, pool in pools.items()
        }


class OneHopSession(Session):
    """Requests would read the whole body of a redirect, however large: we follow ourselves."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def open_session(deadline: Deadline) -> OneHopSession:
    policy = _policy(tuple(conf.FETCH_ALLOWED_ADDRESSES))
    session = OneHopSession(policy=policy)
    session.trust_env = False  # no proxies and no passwords of the machine
    adapter = WatchedAdapter(deadline=deadline, policy=policy)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


@functools.lru_cache(maxsize=8)
def _policy(allowed: tuple[str, ...]) -> Policy:
    return Policy(allowed_ports=PORTS, allowed_networks=allowed)


def _watched(pool: type, deadline: Deadline) -> type:
    class WatchedConnection(pool.ConnectionCls):
        def _new_conn(self) -> Any:
            connection = super()._new_conn()
            deadline.watch(connection)
            return connection

    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": WatchedConnection})
