"""P2: the registrar page, the step about a person, and the tracking page, beside a form page of 12 fields.

Each is asked for by twice as many clients as there are workers, so that no worker waits for one.
"""

from collections.abc import Callable, Iterator

from .clients import Visitor, seconds_for
from .measure import Case
from .serving import WORKERS, Host, served

name = "P2"
goal = 1.5
A_RUN = 100


def cases() -> Iterator[Case]:
    with served() as host:
        pages = host.stage("pages")
        peer = pages.pop("peer")
        for page, asked in pages.items():
            yield Case(f"{name} {page}", "pages/s", rate(host, *asked), rate(host, *peer), goal)


def rate(host: Host, address: str, words: str, cookie: str) -> Callable[[], float]:
    def read() -> None:
        answer = Visitor.new(host.port).get(address, cookie)
        assert answer.status == 200 and words.encode() in answer.body, answer

    def run() -> float:
        return A_RUN / seconds_for([read] * A_RUN, clients=2 * WORKERS)[0]

    run()
    return run
