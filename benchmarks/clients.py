"""Clients that leave the processor to the server: prepared bytes, one connection for each request.

Sync workers close every connection, so both sides pay for one. Each journey comes from an address of its
own on the loopback network, as each citizen does.
"""

import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

CSRF = "c" * 32
Journey = Callable[[], None]
_visitors = count(2)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str, start: str = "") -> str:
        """The first one of that name whose value starts so."""
        return next(value for key, value in self.headers if key == name and value.startswith(start))


@dataclass(frozen=True)
class Visitor:
    """A browser at an address of its own, that already has the cookie against forgery."""

    port: int
    address: str

    @classmethod
    def new(cls, port: int) -> "Visitor":
        number = next(_visitors)
        return cls(port, f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")

    def get(self, path: str, cookie: str = "") -> Answer:
        return self.ask(self.head("GET", path, cookie))

    def post(self, path: str, answers: dict, cookie: str = "") -> Answer:
        body = urlencode(answers | {"csrfmiddlewaretoken": CSRF}).encode()
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}"
        return self.ask(self.head("POST", path, cookie, kind) + body)

    def head(self, method: str, path: str, cookie: str, *more: str) -> bytes:
        lines = (f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", *more)
        return "\r\n".join([*lines, f"Cookie: csrftoken={CSRF}; {cookie}", "", ""]).encode()

    def ask(self, request: bytes) -> Answer:
        with socket.create_connection(
            ("127.0.0.1", self.port), timeout=60, source_address=(self.address, 0)
        ) as connection:
            connection.sendall(request)
            parts = iter(lambda: connection.recv(1 << 16), b"")
            return parsed(b"".join(parts))


def parsed(answer: bytes) -> Answer:
    head, _blank, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name, value.strip()) for name, _colon, value in (line.partition(":") for line in lines)]
    return Answer(int(status.split()[1]), headers, body)


def seconds_for(journeys: Iterable[Journey], *, clients: int) -> tuple[float, list[float]]:
    """Until the last of all journeys is done, and of each."""
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _client: time.sleep(0.01), range(clients)))
        began = time.perf_counter()
        each = list(pool.map(timed, journeys))
        return time.perf_counter() - began, each


def timed(journey: Journey) -> float:
    began = time.perf_counter()
    journey()
    return time.perf_counter() - began
