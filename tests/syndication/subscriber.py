"""A subscriber on loopback: confirms what it is asked, and keeps what it is sent; badly, if told so."""

import hashlib
import hmac
import threading
from urllib.parse import parse_qs, urlsplit

from tests.syndication.web import Handler, Web


class SubscriberHandler(Handler):
    """Everything is kept by its path, so that one server is as many subscribers as one wants."""

    def answer(self):
        place = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "GET":
            self.server.questions.append((place.path, query))
        else:
            self.server.pushes.append((place.path, dict(self.headers), body))
        if self.server.hold:
            self.server.held.set()
            self.server.free.wait(30)
        if self.command == "GET":
            self.reply(self.server.confirms, self.server.echo(query.get("hub.challenge", "")))
        else:
            self.reply(self.server.takes, "")

    def reply(self, status, words):
        self.send_response(status)
        self.send_header("Location", self.server.url("/elsewhere"))
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words.encode())


class Subscriber(Web):
    """`confirms` and `takes` are the statuses of its answers, `echo` makes the answer to a challenge.

    While `hold` is set, it has taken what it was asked or sent and does not say so yet.
    """

    handler = SubscriberHandler

    def __init__(self):
        super().__init__()
        self.questions, self.pushes = [], []
        self.confirms = self.takes = 200
        self.echo = lambda challenge: challenge
        self.hold, self.held, self.free = False, threading.Event(), threading.Event()

    @property
    def bodies(self) -> list[bytes]:
        return [body for _path, _headers, body in self.pushes]

    def let_go(self):
        self.hold = False
        self.free.set()


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
