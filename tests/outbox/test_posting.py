import pytest
from django.db import connection, transaction

from tests.factories.outbox import MailArgumentsFactory, a_mail, a_post
from wagtail_diaspora.outbox.actions import deliver_due, post_mail, post_mails, post_messages
from wagtail_diaspora.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def test_post_mail_stores_what_was_given():
    message = post_mail(
        **MailArgumentsFactory(key="k", to="a@example.net", text="Zdravo", related_label="order:7")
    )
    stored = Message.objects.get(key="k")
    assert (stored.pk, stored.recipient, stored.payload["text"]) == (message.pk, "a@example.net", "Zdravo")
    assert stored.message_id == f"<{message.pk}@example.org>"
    assert list(Message.objects.labelled("order:7")) == [stored]


def test_post_mail_seals_recipient_and_content():
    post_mail(**MailArgumentsFactory(to="amra@example.net", text="Zdravo Amra"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM diaspora_outbox_message")
        row = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in map(plain, cursor.fetchone()))
    assert b"mra" not in row


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_post_mail_is_rolled_back_with_the_callers_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        post_mail(**MailArgumentsFactory())
        raise RuntimeError
    assert Message.objects.count() == 0


def test_post_mail_with_the_same_key_keeps_the_first():
    first = post_mail(**MailArgumentsFactory(key="same", text="first"))
    second = post_mail(**MailArgumentsFactory(key="same", text="second"))
    assert second == first
    assert [m.payload["text"] for m in Message.objects.all()] == ["first"]


def test_post_mail_with_the_same_key_leaves_the_transaction_usable():
    with transaction.atomic():
        post_mail(**MailArgumentsFactory(key="same"))
        post_mail(**MailArgumentsFactory(key="same"))
        post_mail(**MailArgumentsFactory(key="other"))
    assert Message.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_post_mails_is_one_insert(count, django_assert_num_queries):
    mails = [a_mail() for _ in range(count)]
    with transaction.atomic(), django_assert_num_queries(1):
        post_mails(mails)
    assert Message.objects.count() == count


def test_post_mails_returns_stored_and_new_in_the_order_given():
    stored = post_mail(**MailArgumentsFactory(key="b"))
    messages = post_mails([a_mail(key="a"), a_mail(key="b"), a_mail(key="b"), a_mail(key="c")])
    assert [m.key for m in messages] == ["a", "b", "b", "c"]
    assert messages[1] == messages[2] == stored
    assert Message.objects.count() == 3


def test_post_mails_with_none_does_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert post_mails([]) == []


def test_messages_posted_together_keep_their_order():
    messages = post_mails(a_mail(subject_key="s") for _ in range(50))
    assert list(Message.objects.about("s")) == messages


def test_mail_without_reply_to_is_refused():
    with pytest.raises(ValueError, match="Reply-To"):
        a_mail(reply_to="")


def test_mail_with_an_unknown_check_is_refused():
    with pytest.raises(ValueError, match="nobody-registered-this"):
        a_mail(applies="nobody-registered-this")


def test_a_message_of_another_channel_is_stored_and_sent_by_it(memory):
    (message,) = post_messages([a_post(to="https://example.org/hook", payload={"number": 7})])
    message.refresh_from_db()
    assert (message.channel, message.message_id) == ("memory", "")
    assert deliver_due() == 1
    assert memory.delivered == [("https://example.org/hook", {"number": 7})]


def test_a_message_without_recipient_is_left_to_its_channel(memory):
    post_messages([a_post(to=None)])
    assert deliver_due() == 1 and memory.delivered == [(None, {"text": "x"})]


def test_mails_and_others_are_posted_together_once_and_in_their_order(memory, django_assert_num_queries):
    posts = [a_post(key="a", subject_key="s"), a_mail(key="b", subject_key="s"), a_post(key="a")]
    with transaction.atomic(), django_assert_num_queries(2):
        messages = post_messages(posts)
    assert [message.key for message in messages] == ["a", "b", "a"]
    assert list(Message.objects.about("s")) == messages[:2]


@pytest.mark.parametrize("wrong", [{"channel": "pigeon"}, {"applies": "nobody-registered-this"}])
def test_a_message_that_nobody_could_send_is_refused(memory, wrong):
    with pytest.raises(ValueError, match="registered"):
        a_post(**wrong)
