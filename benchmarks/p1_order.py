"""P1: sending an order and seeing that it was received, beside a form page of `wagtail.contrib.forms`.

Ours is the final POST of a draft with 3 documents, 2 persons and an identity document, everything as
shipped, and the page that it redirects to. The peer's is the POST of 12 fields, which its landing page
answers. Both commit durably. The rows p99 are ours alone: the slowest hundredth beside the median. The rows
floor put two requests with as many plain statements as ours in place of ours: no order can be quicker.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, repeat
from statistics import median, quantiles

from .clients import Journey, Visitor, seconds_for
from .measure import RUNS, Case
from .serving import Host, served

name = "P1"
goal = 2.0
CLIENTS = (1, 4, 16)
A_RUN = 100
WARM_UP = 30
A_CASE = WARM_UP + RUNS * A_RUN
SUBMITTED = A_CASE + RUNS * A_RUN
SLOWEST = 3
"""How many times the median the 99th percentile may be."""
DECLARED = {"declared": "on", "privacy": "on"}
FILLED_IN = {
    "dokument": "Izvod iz MK rođenih",
    "primjeraka": "2",
    "ime": "Ана Марија",
    "prezime": "Šućur-Đukić",
    "spol": "Ženski",
    "datum": "1962-04-01",
    "mjesto": "Љубија",
    "otac": "Đorđe Šućur",
    "posta": "djordje@example.net",
    "telefon": "+49 711 12345",
    "adresa": "Königstraße 1\r\n70173 Stuttgart",
    "izjava": "on",
}


def cases() -> Iterator[Case]:
    with served() as host:
        for number, clients in enumerate(CLIENTS, start=1):
            yield from with_clients(host, clients)
            host.stage("all-done", number * A_CASE, number * SUBMITTED)


def with_clients(host: Host, clients: int) -> Iterator[Case]:
    orders = (partial(order, host.port, *draft) for draft in host.stage("drafts", A_CASE))
    submissions = repeat(partial(submit, host.port))
    times: list[list[float]] = []
    ours, peer = rate(orders, clients, times), rate(submissions, clients, [])
    yield Case(f"{name} c{clients}", "pairs/s", ours, peer, goal)
    floor = rate(repeat(partial(floor_pair, host.port)), clients, [])
    yield Case(f"{name} c{clients} floor", "pairs/s", floor, peer, goal)
    runs, again = iter(times), iter(times)
    yield Case(
        f"{name} c{clients} p99",
        "ms",
        ours=lambda: 1000 * quantiles(next(runs), n=100)[-1],
        peer=lambda: 1000 * median(next(again)),
        goal=1 / SLOWEST,
        less_is_better=True,
    )


def rate(journeys: Iterator[Journey], clients: int, times: list[list[float]]) -> Callable[[], float]:
    seconds_for(list(islice(journeys, WARM_UP)), clients=clients)

    def run() -> float:
        seconds, each = seconds_for(list(islice(journeys, A_RUN)), clients=clients)
        times.append(each)
        return A_RUN / seconds

    return run


def order(port: int, address: str, secret: str, terms: str) -> None:
    visitor = Visitor.new(port)
    sent = visitor.post(address, DECLARED | {"agreed": terms}, f"diaspora_draft_secret={secret}")
    assert sent.status == 302, sent
    right = sent.header("Set-Cookie", "diaspora_case_token=").partition(";")[0]
    received = visitor.get(sent.header("Location"), right)
    assert received.status == 200 and b'class="diaspora-reference"' in received.body, received


def floor_pair(port: int) -> None:
    visitor = Visitor.new(port)
    assert visitor.post("/floor/", DECLARED).status == 302
    assert visitor.get("/floor/received/").status == 200


def submit(port: int) -> None:
    landing = Visitor.new(port).post("/narudzba/", FILLED_IN)
    assert landing.status == 200 and "Hvala na narudžbi.".encode() in landing.body, landing
