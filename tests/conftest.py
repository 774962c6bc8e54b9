import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler


class Mailbox(MessageHandler):
    """What a real SMTP server received. `reject` is a reply for the next recipients, such as `550 no`."""

    def __init__(self):
        super().__init__()
        self.messages, self.reject = [], None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.reject:
            return self.reject
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message):
        self.messages.append(message)


@pytest.fixture
def smtp(settings):
    """A real SMTP server on loopback; Django's mail settings point at it."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = controller.server.sockets[0].getsockname()[1]
    yield mailbox
    controller.stop()
