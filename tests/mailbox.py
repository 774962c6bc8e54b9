"""What stands behind the suite's SMTP server: it keeps mails, and misbehaves when it is told to."""

import asyncio
import threading
from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


class Mailbox:
    """Set an attribute to misbehave:

    `reject`: reply to every recipient, such as "550 5.1.1 no"; `reject_content`: reply to every content;
    `greylist`: how often each recipient hears 451 first; `drop`: "rcpt" or "data", hang up there;
    `slow`: seconds before each reply to content; `hold`: "rcpt" or "data", stop there until `let_go()`,
    `held` is then set (at "data" the mail has been kept, but the sender does not know yet).
    """

    def __init__(self):
        self.messages: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.senders: list[str] = []
        self.connections = 0
        self.reject = self.reject_content = self.drop = self.hold = None
        self.greylist, self.slow = 0, 0
        self.held, self.released = threading.Event(), threading.Event()
        self.greylisted: Counter[str] = Counter()

    def let_go(self) -> None:
        self.hold = None
        self.released.set()

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]

    def latest_to(self, address: str) -> EmailMessage:
        """The newest mail to that address; others went to the office."""
        return next(message for message in reversed(self.messages) if message["To"] == address)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self.misbehave("rcpt", server)
        if self.reject:
            return self.reject
        if self.greylisted[address] < self.greylist:
            self.greylisted[address] += 1
            return "451 4.7.1 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.reject_content:
            return self.reject_content
        if self.drop != "data":
            self.keep(envelope.original_content)
            self.senders.append(envelope.mail_from)
        await asyncio.sleep(self.slow)
        await self.misbehave("data", server)
        return "250 2.0.0 Accepted"

    def keep(self, content: bytes) -> None:
        self.raw.append(content)
        self.messages.append(message_from_bytes(content, policy=default))

    async def misbehave(self, step: str, server) -> None:
        if self.drop == step:
            server.transport.abort()
        if self.hold == step:
            self.held.set()
            while self.hold == step and not self.released.is_set():
                await asyncio.sleep(0.01)
