import pytest

from tests.factories.outbox import MailArgumentsFactory
from tests.outbox.memory import MemoryChannel
from wagtail_diaspora.outbox.actions import deliver_due, post_mail
from wagtail_diaspora.outbox.channels import registry
from wagtail_diaspora.outbox.signals import message_failed, message_sent


@pytest.fixture
def memory():
    registry.register(MemoryChannel)
    MemoryChannel.forget()
    return MemoryChannel


@pytest.fixture
def heard():
    """Names of the signals that were sent, with the pk."""
    calls = []

    def sent(message, **kwargs):
        calls.append(("sent", message.pk, message.state))

    def failed(message, category, code, **kwargs):
        calls.append(("failed", message.pk, category, code))

    message_sent.connect(sent)
    message_failed.connect(failed)
    yield calls
    message_sent.disconnect(sent)
    message_failed.disconnect(failed)


@pytest.fixture
def sent(smtp):
    """A mail that the server took, as it stands in the table."""
    message = post_mail(**MailArgumentsFactory(to="Amra@example.net"))
    assert deliver_due() == 1
    message.refresh_from_db()
    return message
