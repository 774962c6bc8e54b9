"""Processes on both sides of the chain, killed by SIGKILL, and several at once: nothing doubled or lost."""

import pytest
from django.utils import timezone

from tests.factories.joining import a_member
from tests.factories.syndication import a_partner, a_story, an_item
from tests.outbox import processes
from tests.syndication.hub_worker import main
from tests.syndication.joining.both_sides import joined, make_old, read_town, states
from tests.syndication.newsdesk import tell
from wagtail_diaspora.syndication.actions import invitations, membership
from wagtail_diaspora.syndication.models import HubLine, Member, Membership, RemoteSource, turns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]

ITEMS = 3


def worker(*arguments):
    return processes.start(main, *arguments)


def make_due():
    """What a killed process had taken is due once its lease ends."""
    for model in (Member, Membership):
        model.objects.filter(due_at__isnull=False).update(due_at=timezone.now())


def killed_behind(table):
    process = worker(table)
    assert process.stdout.readline() == "held\n", process.stderr.read()
    processes.kill(process)
    make_due()


@pytest.fixture
def told(hub, town):
    joined(hub, town)
    a_partner(hub)
    for number in range(ITEMS):
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    read_town()
    tell()
    make_old()
    Membership.objects.update(due_at=timezone.now())


def test_several_at_once_join_once(hub, town):
    membership.join(town, invitations.show_code(a_member(hub, invited_at=timezone.now())), user=None)
    for _round in range(3):
        processes.finish(worker(), worker(), worker())
    assert states() == ("joined", "member")
    assert (Member.objects.count(), Membership.objects.count(), RemoteSource.objects.count()) == (1, 1, 1)


def test_killed_while_the_member_begins_it_is_confirmed_by_the_next(hub, town):
    """Its website has the token already; it is the same one the next time."""
    membership.join(town, invitations.show_code(a_member(hub, invited_at=timezone.now())), user=None)
    processes.finish(worker())
    killed_behind("diaspora_syndication_remotesource")
    token = Membership.objects.get().token
    assert token and not RemoteSource.objects.exists() and Member.objects.get().confirmed_at is None
    processes.finish(worker())
    assert states() == ("joined", "member") and RemoteSource.objects.count() == 1
    assert Membership.objects.get().token == token and turns.last(Membership.objects.get().told) == []


def test_killed_among_the_lines_they_are_read_again_once(told):
    killed_behind("diaspora_syndication_hubline")
    assert not HubLine.objects.exists() and Membership.objects.get().cursor == ""
    processes.finish(worker())
    assert HubLine.objects.count() == ITEMS


def test_several_at_once_read_each_line_once(told):
    processes.finish(worker(), worker(), worker())
    assert HubLine.objects.count() == ITEMS
    Membership.objects.update(cursor="", etag="", due_at=timezone.now())
    processes.finish(worker(), worker())
    assert HubLine.objects.count() == ITEMS
