"""WebSub (W3C) as a way out: what our hub asks and sends, and what we tell and ask the hubs of others."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.utils import timezone

from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.channels.base import Channel
from wagtail_diaspora.outbox.exceptions import Deferred, Refused
from wagtail_diaspora.outbox.models import Message

from .. import fetching
from ..actions import hub, listening, pushing
from ..models import FeedFile, RemoteSubscription, Subscription
from .patience import Patience

__all__ = ["WebSubChannel"]

SECONDS = 10
"""What one server may take."""
QUESTIONS = 3
"""How often a callback is asked that does not answer."""
GONE = "410"
FORM = "application/x-www-form-urlencoded"


class WebSubChannel(Channel):
    """Each message over a connection of its own: every one goes to another server."""

    name = pushing.CHANNEL
    patience = Patience()

    def open(self, *, until: datetime) -> None:
        self.until = until

    def send(self, message: Message) -> None:
        ways = {
            hub.QUESTION: self.question,
            pushing.PUSH: self.push,
            pushing.PING: self.ping,
            listening.LISTEN: self.listen,
        }
        with self.patience.spend(message.subject_key):
            ways[message.applies](message)

    def question(self, message: Message) -> None:
        """Returns as soon as it is answered, whatever the answer; a server that is away is asked again."""
        asked, challenge = message.payload, secrets.token_urlsafe(32)
        callback = Subscription.objects.get(pk=asked["subscription"]).callback
        agreed = False
        try:
            answer = fetching.fetch(_with(callback, _query(asked, challenge)), **self.how(asked["topic"]))
            agreed = answer.is_ok and answer.body == challenge.encode()
        except fetching.FetchError as error:
            if message.attempts < QUESTIONS:
                raise _later(error) from None
        hub.answered(asked, agreed=agreed)

    def push(self, message: Message) -> None:
        row = Subscription.objects.filter(pk=message.payload["subscription"])
        subscriber, file = row.first(), _bytes_of(message)
        if not subscriber or not file:  # gone since the check, which will see it
            raise Deferred(Category.WEBSITE_REFUSED)
        body = file.body
        try:
            self.post(
                subscriber.callback, file.url, body, file.content_type, _headers(file, body, subscriber)
            )
        except Deferred as error:
            if error.code == GONE:
                hub.end(row)
                raise Refused(error.category, error.code) from None
            hub.note_failed(row)
            raise
        hub.note_taken(row)

    def ping(self, message: Message) -> None:
        if file := _bytes_of(message):
            said = urlencode({"hub.mode": "publish", "hub.url": file.url, "hub.topic": file.url})
            self.post(message.payload["hub"], file.url, said.encode(), FORM)

    def listen(self, message: Message) -> None:
        row = RemoteSubscription.objects.select_related("source__municipality__site")
        row = row.get(pk=message.payload["subscription"])
        callback = listening.callback_of(row)
        wish = {"mode": "subscribe", "topic": row.topic, "callback": callback, "secret": row.secret}
        wish["lease_seconds"] = int(listening.LEASE.total_seconds())
        said = urlencode({f"hub.{name}": value for name, value in wish.items()})
        self.post(row.hub_url, callback, said.encode(), FORM)

    def post(
        self, url: str, ours: str, body: bytes, kind: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """What is not taken may be taken another time; the error's code is the status."""
        how = self.how(ours)
        try:
            answer = fetching.post(url, body=body, content_type=kind, headers=headers, **how)
        except fetching.FetchError as error:
            raise _later(error) from None
        if not answer.is_ok:
            raise Deferred(Category.WEBSITE_REFUSED, str(answer.status))

    def how(self, ours: str) -> dict[str, Any]:
        """Where it leads otherwise is not where they subscribed; who asks is the Site of our address."""
        left = (self.until - timezone.now()).total_seconds()
        seconds = max(min(SECONDS, left), 0)
        return {"deadline_seconds": seconds, "follow": False, "asked_by": urljoin(ours, "/")}


def _query(asked: dict[str, Any], challenge: str) -> dict[str, Any]:
    query = {"hub.mode": asked["mode"], "hub.topic": asked["topic"], "hub.challenge": challenge}
    if asked["mode"] != hub.UNSUBSCRIBE:
        query["hub.lease_seconds"] = asked["lease_seconds"]
    return query


def _with(url: str, query: dict[str, Any]) -> str:
    """The subscriber's own query stays."""
    parts = urlsplit(url)
    return parts._replace(query="&".join(filter(None, [parts.query, urlencode(query)]))).geturl()


def _bytes_of(message: Message) -> FeedFile | None:
    told = message.payload
    return FeedFile.objects.filter(path=told["path"], number=told["number"]).defer("cuts").first()


def _headers(file: FeedFile, body: bytes, subscriber: Subscription) -> dict[str, str]:
    headers = {"Link": file.link}
    if subscriber.secret:
        signature = hmac.new(subscriber.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={signature}"
    return headers


def _later(error: fetching.FetchError) -> Deferred:
    return Deferred(Category.WEBSITE_AWAY, error.code)
