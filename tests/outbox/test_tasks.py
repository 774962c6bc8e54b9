import pytest
from django.db import transaction

from tests.factories.outbox import MailArgumentsFactory, a_mail
from wagtail_diaspora.outbox import tasks
from wagtail_diaspora.outbox.actions import post_mail, post_mails
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State

pytestmark = pytest.mark.django_db(transaction=True)


class Queue(tasks.task_backends["default"].__class__.__mro__[1]):
    """A back end whose workers are elsewhere; it remembers what it was given, or is away."""

    enqueued: list[str] = []
    away = False

    def enqueue(self, task, args, kwargs):
        if self.away:
            raise ConnectionError
        self.enqueued.append(task.name)


@pytest.fixture
def queue(settings):
    Queue.enqueued, Queue.away = [], False
    settings.TASKS = {"default": {"BACKEND": f"{__name__}.Queue"}}
    return Queue


@pytest.mark.parametrize("name", ["Immediate", "Dummy"])
def test_backend_in_the_request_sends_nothing(settings, smtp, name):
    package = tasks.ImmediateBackend.__module__.rpartition(".")[0]
    settings.TASKS = {"default": {"BACKEND": f"{package}.{name.lower()}.{name}Backend"}}
    message = post_mail(**MailArgumentsFactory())
    message.refresh_from_db()
    assert (message.state, smtp.connections) == (State.WAITING, 0)


def test_kick_waits_for_the_commit_and_comes_once(queue):
    with transaction.atomic():
        post_mail(**MailArgumentsFactory())
        post_mails([a_mail(), a_mail()])
        assert queue.enqueued == []
    assert queue.enqueued == ["deliver"]


def test_kick_does_not_follow_a_rollback(queue):
    with pytest.raises(RuntimeError), transaction.atomic():
        post_mail(**MailArgumentsFactory())
        raise RuntimeError
    assert queue.enqueued == []


def test_queue_that_is_away_does_not_fail_the_caller(queue):
    queue.away = True
    post_mail(**MailArgumentsFactory())
    assert Message.objects.waiting().count() == 1


def test_task_delivers(smtp):
    message = post_mail(**MailArgumentsFactory())
    assert tasks.deliver.call() == 1
    assert smtp.ids == [message.message_id]
