import factory

from wagtail_diaspora.outbox.actions import Mail, Post
from wagtail_diaspora.outbox.models import Message


class MailArgumentsFactory(factory.DictFactory):
    """The arguments of `post_mail`."""

    key = factory.Sequence(lambda n: f"order-{n}:received")
    subject_key = factory.Sequence(lambda n: f"order-{n}")
    scope = "municipality:1"
    to = factory.Sequence(lambda n: f"citizen{n}@example.net")
    subject = "Your order was received"
    text = "Thank you. We have received your order."
    reply_to = "maticar@example.org"


def a_mail(**facts) -> Mail:
    return Mail(**MailArgumentsFactory(**facts))


class PostArgumentsFactory(factory.DictFactory):
    channel = "memory"
    key = factory.Sequence(lambda n: f"post-{n}")
    subject_key = factory.SelfAttribute("key")
    scope = "municipality:1"
    to = "https://example.org/"
    payload = factory.LazyFunction(lambda: {"text": "x"})


def a_post(**facts) -> Post:
    return Post(**PostArgumentsFactory(**facts))


class MessageFactory(factory.django.DjangoModelFactory):
    """A message as it stands in the table, in any state."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"message-{n}")
    subject_key = factory.Sequence(lambda n: f"subject-{n}")
    scope = "municipality:1"
    recipient = factory.Sequence(lambda n: f"citizen{n}@example.net")
    message_id = factory.LazyAttribute(lambda o: f"<{o.key}@example.org>")
    payload = factory.LazyFunction(lambda: a_mail().payload)
