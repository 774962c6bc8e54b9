from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.outbox import MessageFactory
from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import SomeoneWasFirst
from wagtail_diaspora.outbox import applicability, claims
from wagtail_diaspora.outbox.actions import aftercare, deliver_due, erase, erase_bodies, resend
from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.exceptions import BodyErased, Deferred, Refused, Unreachable
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.signals import message_sent
from wagtail_diaspora.outbox.states import State

pytestmark = pytest.mark.django_db


def post(**facts):
    return MessageFactory(channel="memory", **facts)


def make_due():
    Message.objects.waiting().update(due_at=timezone.now() - timedelta(seconds=1))


def delivered(memory):
    return [recipient for recipient, _ in memory.delivered]


def test_due_message_is_sent_and_announced(memory, heard):
    message = post(recipient="a@example.net")
    assert (deliver_due(), delivered(memory)) == (1, ["a@example.net"])
    message.refresh_from_db()
    assert (message.state, message.attempts, message.lease_token) == (State.SENT, 1, "")
    assert heard == [("sent", message.pk, State.SENT)]
    assert deliver_due() == 0


def test_message_before_its_time_waits(memory):
    post(due_at=timezone.now() + timedelta(minutes=15))
    assert (deliver_due(), delivered(memory)) == (0, [])


def test_batch_uses_one_opened_channel(memory):
    MessageFactory.create_batch(3, channel="memory")
    assert (deliver_due(), memory.opened_times) == (3, 1)


def test_limit_ends_the_round(memory):
    MessageFactory.create_batch(5, channel="memory")
    assert (deliver_due(limit=2), deliver_due()) == (2, 3)


@pytest.mark.parametrize("count", [1, 3])
def test_result_is_one_statement_for_each_message(memory, count, django_assert_num_queries):
    MessageFactory.create_batch(count, channel="memory")
    lease = claims.claim(limit=10)
    with django_assert_num_queries(count):
        for message in lease.messages:
            claims.settle(lease, message, state=State.CANCELLED)


def test_permanent_error_is_a_dead_letter_at_once(memory, heard):
    message = post()
    memory.failures = [Refused(Category.MAILBOX_UNKNOWN, "550 5.1.1")]
    assert deliver_due() == 0
    message.refresh_from_db()
    assert (message.state, message.last_error, message.error_code) == (
        "failed",
        "mailbox-unknown",
        "550 5.1.1",
    )
    assert heard == [("failed", message.pk, Category.MAILBOX_UNKNOWN, "550 5.1.1")]


def test_transient_error_is_tried_again_later_and_later(memory):
    message = post()
    rests = []
    for _ in range(4):
        memory.failures = [Deferred(Category.LATER, "451 4.7.1")]
        make_due()
        deliver_due()
        message.refresh_from_db()
        rests.append((message.due_at - timezone.now()) / timedelta(minutes=1))
    assert message.state == State.WAITING
    for rest, expected in zip(rests, [1, 3, 9, 27], strict=True):
        assert expected * 0.75 <= rest <= expected * 1.25


def test_transient_errors_end_as_a_dead_letter(memory, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "OUTBOX_MAX_ATTEMPTS": 3}
    message = post()
    for _ in range(3):
        memory.failures = [Deferred(Category.LATER, "451")]
        make_due()
        deliver_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 3)


def test_message_that_kills_its_worker_each_time_is_given_up(memory):
    message = post(attempts=conf.OUTBOX_MAX_ATTEMPTS)
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.last_error, delivered(memory)) == (State.FAILED, Category.GAVE_UP, [])


def test_unreachable_server_ends_the_round_and_gives_back_the_rest(memory):
    MessageFactory.create_batch(3, channel="memory")
    memory.failures = [Unreachable(Category.UNREACHABLE)]
    assert deliver_due() == 0
    attempts = Message.objects.filter(lease_token="").order_by("ordinal").values_list("attempts", flat=True)
    assert list(attempts) == [1, 0, 0]
    assert deliver_due() == 2


def test_unforeseen_error_is_logged_without_its_text(memory, caplog):
    message = post()
    memory.failures = [RuntimeError("amra@example.net")]
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.WAITING, Category.INTERNAL)
    assert "RuntimeError" in caplog.text
    assert "amra" not in caplog.text


def test_unknown_channel_does_not_stop_the_others(memory):
    MessageFactory(channel="nowhere")
    post(recipient="a@example.net")
    assert (deliver_due(), delivered(memory)) == (1, ["a@example.net"])


def test_failing_receiver_does_not_undo_the_result(memory):
    def fail(**kwargs):
        raise RuntimeError

    message_sent.connect(fail)
    try:
        message = post()
        assert deliver_due() == 1
    finally:
        message_sent.disconnect(fail)
    message.refresh_from_db()
    assert message.state == State.SENT


def test_message_that_no_longer_applies_is_cancelled(memory):
    applicability.register("test-still-open", lambda message: message.subject_key == "open")
    stale = post(subject_key="closed", applies="test-still-open")
    post(subject_key="open", applies="test-still-open", recipient="a@example.net")
    assert (deliver_due(), delivered(memory)) == (1, ["a@example.net"])
    stale.refresh_from_db()
    assert stale.state == State.CANCELLED


def test_messages_of_a_subject_leave_in_their_order(memory):
    for n in (2, 0, 1):
        post(subject_key="s", ordinal=n, recipient=f"{n}@example.net")
    assert (deliver_due(), delivered(memory)) == (3, ["0@example.net", "1@example.net", "2@example.net"])


def test_later_message_waits_for_an_earlier_that_rests(memory):
    post(subject_key="s", ordinal=1)
    post(subject_key="s", ordinal=2)
    memory.failures = [Deferred(Category.LATER)]
    assert (deliver_due(), delivered(memory)) == (0, [])


def test_later_message_waits_for_an_earlier_on_its_way(memory):
    post(subject_key="s", ordinal=1)
    post(subject_key="s", ordinal=2)
    claims.claim(limit=1)
    assert deliver_due() == 0


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_failed_or_cancelled_message_does_not_block(memory, state):
    post(subject_key="s", ordinal=1, state=state)
    post(subject_key="s", ordinal=2)
    assert deliver_due() == 1


def test_lease_that_ended_lets_another_worker_take_over():
    message = post()
    first = claims.claim(limit=1)
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = claims.claim(limit=1)
    assert [m.pk for m in second.messages] == [message.pk]
    assert not claims.settle(first, first.messages[0], state=State.CANCELLED)
    assert claims.settle(second, second.messages[0], state=State.CANCELLED)


def test_worker_stops_before_its_lease_ends(memory, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "OUTBOX_LEASE_SECONDS": 1}
    post()
    lease = claims.claim(limit=1)
    assert lease.is_over


def test_resend_lets_a_dead_letter_wait_again(memory, admin_user):
    message = post(state=State.FAILED, attempts=12, last_error=Category.MAILBOX_FULL)
    message_id = message.message_id
    resend(message, user=admin_user)
    assert deliver_due() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.message_id) == (State.SENT, 1, message_id)


def test_resend_of_what_is_not_failed_says_that_someone_was_first(admin_user):
    message = post(state=State.FAILED)
    resend(message, user=admin_user)
    with pytest.raises(SomeoneWasFirst):
        resend(message, user=admin_user)


def test_resend_of_an_erased_message_is_refused(admin_user):
    message = post(state=State.FAILED)
    erase(Message.objects.filter(pk=message.pk))
    message.refresh_from_db()
    with pytest.raises(BodyErased):
        resend(message, user=admin_user)


def test_old_bodies_are_erased_and_only_they():
    old = timezone.now() - timedelta(days=conf.OUTBOX_BODY_DAYS + 1)
    sent = post(state=State.SENT, sent_at=old, due_at=old)
    waiting, fresh = post(due_at=old), post(state=State.SENT, sent_at=timezone.now())
    assert (erase_bodies(), erase_bodies()) == (1, 0)
    sent.refresh_from_db()
    assert (sent.recipient, sent.payload, sent.state) == (None, None, State.SENT)
    for kept in (waiting, fresh):
        kept.refresh_from_db()
        assert kept.payload["text"]


def test_erase_cancels_what_waits(memory):
    message = post()
    assert erase(Message.objects.all()) == 1
    assert deliver_due() == 0
    message.refresh_from_db()
    assert (message.state, message.payload) == (State.CANCELLED, None)


def test_put_aside_leaves_all_that_waits_to_a_person(memory, admin_user, english):
    sent, waiting, leased = post(state=State.SENT, sent_at=timezone.now()), post(), post()
    claims.claim(limit=1)
    assert aftercare.put_aside() == 2
    assert deliver_due() == 0
    failed = Message.objects.failed()
    assert set(failed) == {waiting, leased} and Message.objects.get(pk=sent.pk).state == State.SENT
    sentence = "Restored from a backup: look whether it was sent before."
    assert {message.get_last_error_display() for message in failed} == {sentence}
    resend(failed[0], user=admin_user)
    assert deliver_due() == 1


def test_querysets_narrow_to_failure_and_time():
    failed = post(state=State.FAILED)
    waiting = post()
    post(due_at=timezone.now() + timedelta(hours=1))
    assert list(Message.objects.failed()) == [failed]
    assert list(Message.objects.due()) == [waiting]
