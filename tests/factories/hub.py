"""Feeds of a town, and who subscribes to them as software does: by HTTP."""

from django.test import Client
from django.utils import timezone

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.models import FeedFile, Subscription

HUB = "/diaspora/hub/"


def topic_of(town: Municipality, file: str = "atom.xml", selection: str = "all") -> str:
    return f"{town.root_url}/diaspora/feeds/{town.code}/bs/{selection}/{file}"


def ask(mode: str = "subscribe", **facts: object):
    """What the hub answers to `hub.mode` and `hub.…` of these facts."""
    return Client(enforce_csrf_checks=True).post(
        HUB, {f"hub.{name}": value for name, value in {"mode": mode, **facts}.items()}
    )


def subscribe(topic: str, callback: str, **facts: object) -> Subscription:
    """Asked, and confirmed by a real server at the callback."""
    assert ask(topic=topic, callback=callback, **facts).status_code == 202
    assert deliver_due() == 1
    path = FeedFile.objects.get(url=topic).path
    return next(row for row in Subscription.objects.active().filter(path=path) if row.callback == callback)


def make_due() -> None:
    Message.objects.waiting().update(due_at=timezone.now())
