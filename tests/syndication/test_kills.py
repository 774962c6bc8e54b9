"""Processes that tell partners and pass on, killed and two at once: nothing lost, nothing doubled."""

from collections import Counter

import pytest
from django.utils import timezone

from tests.factories.remote import a_remote_item, at_once
from tests.factories.syndication import a_hub, a_partner, a_story, a_town, an_item
from tests.outbox import processes
from tests.syndication.newsdesk import let_delay_pass, tell
from tests.syndication.worker import main
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Change, Channel, Delivery, RemoteSource

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
    return processes.start(main, *arguments)


def killed_behind(table, *name):
    process = worker(table, *name)
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


@pytest.fixture
def read(db):
    """News of others that a hub has read and not passed on yet."""
    source = at_once(a_hub(), "https://drugi.example.org/feed")
    for number in range(1, ITEMS + 1):
        a_remote_item(source, number)
    RemoteSource.objects.update(look_at=timezone.now())


def passed_on():
    """Each item's changes, and the number of its channel."""
    counted = Counter(Change.objects.values_list("edition__item__remote", "kind"))
    return len(counted), set(counted.values()), Channel.objects.get().number


def test_killed_while_it_passes_on_the_next_round_tells_the_rest(read):
    killed_behind("diaspora_syndication_change", "publish")
    assert not Change.objects.exists() and RemoteSource.objects.get().look_at
    rounds.publish()
    assert passed_on() == (ITEMS, {1}, ITEMS)


def test_two_that_pass_on_at_once_tell_each_item_once(read):
    told = processes.finish(worker("", "compare"), worker("", "publish"))
    assert sum(map(int, told)) == ITEMS and passed_on() == (ITEMS, {1}, ITEMS)
