"""Our hub: who asks to be sent a feed, and what becomes of it once they have confirmed it themselves.

Public API: `ask`, `answered`, `note_taken`, `note_failed`, `end`, `stop`, `end_leases`, and the question's
check `question_applies`.

Anybody can ask in anybody's name. So asking changes nothing: the hub asks back at the callback, outside the
request, and only what is confirmed there counts. What was asked last goes before what was asked earlier.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_diaspora import conf
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.exceptions import DiasporaError, LimitReached
from wagtail_diaspora.limits import DAY
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.outbox.actions import Post, post_messages
from wagtail_diaspora.outbox.models import Message

from ..models import Channel, FeedFile, Subscription
from ..states import SubscriptionState
from .pushing import CHANNEL

__all__ = [
    "QUESTION",
    "NotOurFeed",
    "NotWrittenYet",
    "answered",
    "ask",
    "end",
    "end_leases",
    "feed_at",
    "note_failed",
    "note_taken",
    "question_applies",
    "stop",
]

QUESTION = "syndication.question"
UNSUBSCRIBE = "unsubscribe"
KEPT = timedelta(days=30)
"""How long it is known of a subscription that it has ended."""
UNCONFIRMED = timedelta(days=1)


class NotOurFeed(DiasporaError):
    """No public feed of this site has this address."""


class NotWrittenYet(DiasporaError):
    """Something was withdrawn, and until the feeds are written again nobody knows which there are."""


def feed_at(topic: str) -> FeedFile:
    found = FeedFile.objects.filter(url=topic).exclude(url="").select_related("channel__municipality").first()
    if found is None and Channel.objects.being_written().exists():
        raise NotWrittenYet(_("The feeds are being written. Please come back in a minute."))
    if found is None:
        raise NotOurFeed(_("There is no feed of this site at this address."))
    return found


@retry_when_locked
@transaction.atomic
def ask(*, mode: str, topic: str, callback: str, lease_seconds: int, secret: str, network: bytes) -> None:
    """Have the callback asked whether it wants this. Raises NotOurFeed, NotWrittenYet or LimitReached.

    To end what nobody knows of is no error: a stranger shall not learn who subscribes.
    """
    feed = feed_at(topic)
    place = {"path": feed.path, "callback_digest": hashlib.sha256(callback.encode()).hexdigest()}
    if not Subscription.objects.not_ended().filter(**place).exists():
        if mode == UNSUBSCRIBE:
            return
        _require_room(network)
    new = {"channel": feed.channel, "callback": callback, "network_digest": network}
    row, _new = Subscription.objects.get_or_create(**place, defaults=new)
    Subscription.objects.filter(pk=row.pk).update(asked=F("asked") + 1)
    row.refresh_from_db(fields=["asked"])
    question = {"mode": mode, "topic": topic, "lease_seconds": lease_seconds, "secret": secret}
    post_messages([_question(row, feed, question)])


def question_applies(message: Message) -> bool:
    asked = message.payload
    return Subscription.objects.of_question(asked["asked"]).filter(pk=asked["subscription"]).exists()


@retry_when_locked
@transaction.atomic
def answered(question: dict[str, Any], *, agreed: bool) -> None:
    """What was not confirmed leaves everything as it was. Answered twice, it is as answered once."""
    rows = Subscription.objects.of_question(question["asked"]).filter(pk=question["subscription"])
    if not agreed:
        rows.filter(state=SubscriptionState.ASKED).delete()
    elif question["mode"] == UNSUBSCRIBE:
        end(rows)
    else:
        _begin(rows, question)


@retry_when_locked
def end(subscriptions: Any) -> int:
    """Of these (a queryset), those that have not ended; returns how many."""
    ended = {"state": SubscriptionState.ENDED, "lease_until": None, "changed_at": timezone.now()}
    return subscriptions.not_ended().update(**ended)


@retry_when_locked
@transaction.atomic
def stop(subscription: Subscription, *, user: Any) -> bool:
    """By somebody of the office. It may ask anew; False where it had ended already."""
    if not end(Subscription.objects.filter(pk=subscription.pk)):
        return False
    municipality = subscription.channel.municipality
    logs.log(subscription, "diaspora_syndication.subscription_ended", user=user, municipality=municipality)
    return True


@retry_when_locked
def note_taken(subscriptions: Any) -> None:
    subscriptions.update(failures=0, failing_since=None, pushed_at=timezone.now())


@retry_when_locked
def note_failed(subscriptions: Any) -> None:
    """It did not take what was sent, which says nothing about its lease."""
    since = Coalesce("failing_since", timezone.now())
    subscriptions.update(failures=F("failures") + 1, failing_since=since)


@retry_when_locked
def end_leases() -> int:
    """The clock's part; returns how many ended. Forgets what ended long ago and what was never confirmed."""
    now = timezone.now()
    Subscription.objects.filter(state=SubscriptionState.ENDED, changed_at__lt=now - KEPT).delete()
    Subscription.objects.filter(state=SubscriptionState.ASKED, changed_at__lt=now - UNCONFIRMED).delete()
    Message.objects.settled().filter(channel=CHANNEL, body_erased_at__isnull=False).delete()
    return end(Subscription.objects.filter(lease_until__lte=now))


def _begin(rows: Any, question: dict[str, Any]) -> None:
    """Renewing replaces: the new lease and the new secret, or none."""
    now = timezone.now()
    until = now + timedelta(seconds=question["lease_seconds"])
    active = {"state": SubscriptionState.ACTIVE, "lease_until": until, "changed_at": now}
    well = {"failures": 0, "failing_since": None}
    began_at = Case(When(state=SubscriptionState.ACTIVE, then=F("began_at")), default=now)
    if rows.update(**active, **well, began_at=began_at):
        row = rows.get()
        row.secret = question["secret"] or None
        row.save(update_fields=["secret"])


def _require_room(network: bytes) -> None:
    alive = Subscription.objects.not_ended()
    of_network = alive.filter(network_digest=network).count()
    if of_network >= conf.WEBSUB_SUBSCRIBERS_PER_NETWORK or alive.count() >= conf.WEBSUB_SUBSCRIBERS:
        raise LimitReached(
            _("There are too many subscriptions. Please read the feed by its address."), retry_after=DAY
        )


def _question(row: Subscription, feed: FeedFile, question: dict[str, Any]) -> Post:
    """Not behind a push that rests: who asks may be there again."""
    return Post(
        channel=CHANNEL,
        key=f"websub:{row.pk}:asked:{row.asked}",
        subject_key=f"websub:{row.pk}:asked",
        scope=feed.channel.municipality.scope,
        payload={"subscription": str(row.pk), "asked": row.asked, **question},
        applies=QUESTION,
    )
