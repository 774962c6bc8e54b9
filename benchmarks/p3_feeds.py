"""P3: a feed of 50 items with rich text and pictures.

An unchanged feed (304) stands beside a view with one SELECT, a whole one (200) beside a view that has the
same bytes and headers in memory, plain and packed. In the rows floor that view with one SELECT of the stored
bytes stands in place of ours: no feed that asks its database can be quicker. The first render is that of the
RSS feed, from the stored rows to its bytes; its peer is the answer of Django's own `Feed` over the same
pages. Renditions exist on both sides.
"""

from collections.abc import Callable, Iterator

from .clients import Answer, Visitor, seconds_for
from .measure import Case
from .serving import WORKERS, Host, served

name = "P3"
ITEMS = 50
A_RUN = 3200
WARM = 200
"""So many answers before, and are not counted."""
RENDERS = 10
AS_QUICK = 0.8
FIRST_RENDER = 10
OWN = {"Date"}
"""Headers that belong to the answer and not to what is answered."""


def cases() -> Iterator[Case]:
    with served() as host:
        path = host.stage("feed", ITEMS)
        feed, peer = f"/diaspora/feeds/{path}", f"/peer/whole/{path}"
        etag = asked(host, feed).header("ETag")
        known = f"If-None-Match: {etag}"
        ours, least = rate(host, feed, 304, known), rate(host, "/peer/unchanged/", 304, known)
        yield Case(f"{name} unchanged", "answers/s", ours, least, AS_QUICK)
        for way in ("identity", "gzip"):
            accepted = f"Accept-Encoding: {way}"
            assert_same(asked(host, feed, accepted), asked(host, peer, accepted))
            ours, same = rate(host, feed, 200, accepted), rate(host, peer, 200, accepted)
            yield Case(f"{name} whole {way}", "answers/s", ours, same, AS_QUICK)
            floor = rate(host, f"/floor/whole/{path}", 200, accepted)
            yield Case(f"{name} whole {way} floor", "answers/s", floor, same, AS_QUICK)
        titles = [f"Vijest {number}" for number in range(ITEMS)]
        ours, stock = (render(host, verb, sorted(titles)) for verb in ("render", "stock"))
        yield Case(f"{name} first render", "ms", ours, stock, FIRST_RENDER, less_is_better=True)


def asked(host: Host, address: str, *headers: str) -> Answer:
    visitor = Visitor.new(host.port)
    return visitor.ask(visitor.head("GET", address, "", *headers))


def assert_same(ours: Answer, peer: Answer) -> None:
    assert ours.status == peer.status == 200 and ours.body == peer.body
    headers = [sorted(line for line in answer.headers if line[0] not in OWN) for answer in (ours, peer)]
    assert headers[0] == headers[1], headers


def rate(host: Host, address: str, status: int, *headers: str) -> Callable[[], float]:
    def read() -> None:
        answer = asked(host, address, *headers)
        assert answer.status == status and bool(answer.body) == (status == 200), answer.status

    def run() -> float:
        return A_RUN / seconds_for([read] * A_RUN, clients=2 * WORKERS)[0]

    seconds_for([read] * WARM, clients=2 * WORKERS)
    return run


def render(host: Host, verb: str, titles: list[str]) -> Callable[[], float]:
    def run() -> float:
        done = host.stage(verb, RENDERS)
        assert done["titles"] == titles, done["titles"]
        return done["ms"]

    return run
