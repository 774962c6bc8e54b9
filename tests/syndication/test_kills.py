"""Processes that tell partners, killed by SIGKILL and two at once: nothing lost, nothing doubled."""

from collections import Counter

import pytest

from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.outbox import processes
from tests.syndication.newsdesk import let_delay_pass, tell
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Channel, Delivery

pytestmark = pytest.mark.django_db(transaction=True)

PARTNERS, ITEMS = 3, 4


@pytest.fixture
def told(smtp):
    """News in the change log, and partners that do not know of it."""
    town = a_town()
    for _number in range(PARTNERS):
        a_partner(town)
    for number in range(ITEMS):
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    return town


def worker(*arguments):
    return processes.start("tests.syndication.worker", *arguments, env=processes.environment())


def killed_behind(table):
    process = worker(table)
    assert process.stdout.readline() == "held\n", process.stderr.read()
    processes.kill(process)


def each_got_each_once(smtp):
    seen = Counter((message["To"], str(message["Subject"])) for message in smtp.messages)
    assert len(seen) == PARTNERS * ITEMS and set(seen.values()) == {1}
    assert Delivery.objects.count() == Message.objects.count() == PARTNERS * ITEMS


def test_killed_between_lines_and_commit_it_reads_the_changes_again(told, smtp):
    killed_behind("diaspora_syndication_delivery")
    assert not Delivery.objects.exists() and Channel.objects.get().told == 0
    tell()
    let_delay_pass()
    rounds.tell()
    deliver_due()
    each_got_each_once(smtp)


def test_killed_between_mails_and_commit_it_writes_them_again(told, smtp):
    tell()
    let_delay_pass()
    killed_behind("diaspora_outbox_message")
    assert not Message.objects.exists()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    assert rounds.tell() == PARTNERS * ITEMS
    deliver_due()
    each_got_each_once(smtp)


def test_two_at_once_tell_each_partner_once(told, smtp):
    processes.finish(worker(), worker(), worker())
    assert Delivery.objects.count() == PARTNERS * ITEMS
    let_delay_pass()
    written = processes.finish(worker(), worker(), worker())
    assert sum(map(int, written)) == PARTNERS * ITEMS
    deliver_due()
    each_got_each_once(smtp)
