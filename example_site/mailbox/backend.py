from email.header import decode_header, make_header

from django.core.mail.backends.base import BaseEmailBackend

from .models import Mail


class MailboxBackend(BaseEmailBackend):
    """Keeps each mail for the page of the mailbox."""

    def send_messages(self, email_messages):
        for message in email_messages:
            Mail.objects.create(
                recipient=", ".join(message.to),
                subject=str(make_header(decode_header(message.subject))),
                text=message.body,
                message_id=message.extra_headers.get("Message-ID", ""),
            )
        return len(email_messages)
