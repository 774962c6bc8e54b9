"""What is sent again by hand."""

import pytest

from tests.factories.syndication import a_partner, an_item
from tests.host.models import BlogPage
from tests.syndication.newsdesk import a_told_item, lines, tell, tell_and_send
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import marking, publishing, redelivering, rounds, telling
from wagtail_diaspora.syndication.models import Delivery

pytestmark = pytest.mark.django_db


def test_what_an_editor_undid_goes_out_again_by_hand_alone(town, partner, smtp):
    item = an_item(town)
    tell()
    telling.undo(item, user=None)
    BlogPage.objects.update(intro="Drugo.")
    publishing.reconcile_all()
    assert tell_and_send() == 0
    assert redelivering.redeliver(Delivery.objects.all(), user=None) == 1
    assert rounds.tell() == 1 and deliver_due() == 1
    assert lines() == [("new", 1, "cancelled"), ("new", 2, "sent")] and len(smtp.messages) == 1


def test_an_undone_repeat_stays_sent_and_is_still_corrected(town, partner, smtp):
    item = a_told_item(town)
    redelivering.redeliver(Delivery.objects.all(), user=None)
    assert telling.undo(item, user=None) == 1 and lines() == [("new", 1, "sent")]
    marking.correct(item, note="Ispravka.", user=None)
    assert tell() == 1 and lines()[-1] == ("corrected", 2, "under_way")


@pytest.mark.parametrize("count", [1, 3])
def test_sending_again_costs_the_same_for_one_and_three(town, smtp, count, django_assert_num_queries):
    for _number in range(count):
        a_partner(town)
    item = a_told_item(town)
    with django_assert_num_queries(7):
        assert redelivering.redeliver(Delivery.objects.all(), user=None) == count
    assert lines() == [("new", 1, "waiting")] * count and rounds.tell() == count
    told = MunicipalityLogEntry.objects.get(action="diaspora_syndication.told_again")
    assert told.object_id == str(item.pk) and len(told.data["partners"]) == count


def test_of_several_versions_that_are_sent_again_one_goes_out(town, partner, smtp):
    item = a_told_item(town)
    marking.correct(item, note="Ispravka.", user=None)
    tell_and_send()
    assert redelivering.redeliver(Delivery.objects.all(), user=None) == 1
    assert lines() == [("new", 1, "sent"), ("corrected", 2, "waiting")]
