from email.header import decode_header, make_header
from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend

from .models import Mail

UNKNOWN = "nepoznat@"


class MailboxBackend(BaseEmailBackend):
    """Keeps each mail for the page of the mailbox. One mailbox it does not know, as mail servers say it."""

    def send_messages(self, email_messages):
        for message in email_messages:
            if message.to[0].startswith(UNKNOWN):
                raise SMTPRecipientsRefused({message.to[0]: (550, b"5.1.1 No such mailbox")})
            Mail.objects.create(
                recipient=", ".join(message.to),
                subject=str(make_header(decode_header(message.subject))),
                text=message.body,
                message_id=message.extra_headers.get("Message-ID", ""),
            )
        return len(email_messages)
