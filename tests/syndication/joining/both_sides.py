"""A municipality and a hub on this very server, and what the clock has them do."""

import time
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.factories.joining import a_member
from tests.syndication.newsdesk import tell_and_send
from wagtail_diaspora.syndication.actions import invitations, members, membership, membership_rounds, rounds
from wagtail_diaspora.syndication.actions.senders import UNREAD
from wagtail_diaspora.syndication.models import Delivery, Member, Membership, RemoteSource

RADIO = "vijesti@radio.example.com"


def served(live_server, town):
    """Its website is this very server."""
    town.site.port = live_server.thread.port
    town.site.save()
    return town


def clock(rounds=3):
    """Both sides say what they have to say, as the clock has them do it."""
    for _round in range(rounds):
        members.call_members()
        membership_rounds.call_hubs()


def call_now():
    """The next round does not wait for its moment."""
    Membership.objects.filter(state="member").update(due_at=timezone.now())
    clock()


def learn_the_end():
    """The hub answers, and knows the member no more: after a while that is believed."""
    for _time in range(UNREAD + 1):
        call_now()


def read_town():
    """The hub reads its sources, shows what is new, and passes it on."""
    RemoteSource.objects.update(next_due_at=timezone.now())
    rounds.read_others()


def make_old():
    """As lines are that were committed a while ago."""
    Delivery.objects.update(noted_at=timezone.now() - timedelta(minutes=5))


def second_passes():
    """Feeds say whole seconds, and a channel's stamps rise by one at least."""
    time.sleep(2 - time.time() % 1)


def joined(hub, town):
    """By a code, which is as good as a yes."""
    member = a_member(hub, invited_at=timezone.now())
    membership.join(town, invitations.show_code(member), user=None)
    clock()
    return Member.objects.get(), Membership.objects.get()


def states():
    return Member.objects.get().state, Membership.objects.get().state


def mails_about(smtp, words):
    """To the radio station."""
    mails = [mail for mail in smtp.messages if mail["To"].casefold() == RADIO]
    return [mail for mail in mails if words in str(mail["Subject"])]


def chain(token="", after="", **more):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get("/diaspora/chain/", {"after": after} if after else {}, headers=headers, **more)


def everybody_tells(rounds=1):
    for _round in range(rounds):
        read_town()
        tell_and_send()
