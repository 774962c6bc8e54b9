from __future__ import annotations

import contextlib
import smtplib
import socket
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.utils import timezone

from wagtail_diaspora import compat, conf

from ..categories import Category
from ..exceptions import Deferred, Refused
from . import smtp_errors
from .base import Channel
from .building import build

if TYPE_CHECKING:
    from ..models import Message

try:
    from anymail.exceptions import AnymailRecipientsRefused as ServiceRefused
except ImportError:  # django-anymail is an extra

    class ServiceRefused(Exception):
        """What no other back end raises."""


TIMEOUT = 20
"""Seconds that one step of the dialogue may take, where EMAIL_TIMEOUT is not set."""
NETWORK_ERRORS = (smtplib.SMTPException, OSError)


class MailChannel(Channel):
    """E-mail through Django's mail back end, one connection for the batch, opened again after a break."""

    name = "mail"

    def __init__(self):
        self.backend: BaseEmailBackend | None = None
        self.watchdog: threading.Timer | None = None

    def open(self, *, until: datetime) -> None:
        self.backend = compat.connect_mail(conf.OUTBOX_EMAIL_BACKEND)
        if isinstance(self.backend, SMTPBackend) and self.backend.timeout is None:
            self.backend.timeout = TIMEOUT
        self.until = until
        self.connect()
        self.watch()

    def connect(self) -> None:
        try:
            self.backend.open()
        except NETWORK_ERRORS as error:
            self.disconnect()
            raise smtp_errors.while_connecting(error) from None

    def send(self, message: Message) -> None:
        email = build(message)
        self.connect()
        if timezone.now() >= self.until:
            raise Deferred(Category.INTERRUPTED)
        try:
            self.backend.send_messages([email])
        except ServiceRefused:
            raise Refused(Category.REFUSED) from None
        except ValueError:
            raise Refused(Category.UNBUILDABLE) from None
        except NETWORK_ERRORS as error:
            failure = smtp_errors.while_sending(error)
            if isinstance(failure, Deferred):
                self.disconnect()
            raise failure from None

    def watch(self) -> None:
        """A server that drips its replies must not hold a message beyond its lease."""
        seconds = max((self.until - timezone.now()).total_seconds(), 0)
        self.watchdog = threading.Timer(seconds, self.cut)
        self.watchdog.daemon = True
        self.watchdog.start()

    def cut(self) -> None:
        connection = getattr(self.backend, "connection", None)
        if raw := getattr(connection, "sock", None):
            with contextlib.suppress(OSError):
                raw.shutdown(socket.SHUT_RDWR)

    def disconnect(self) -> None:
        with contextlib.suppress(*NETWORK_ERRORS):
            self.backend.close()
        if hasattr(self.backend, "connection"):
            self.backend.connection = None

    def close(self) -> None:
        if self.watchdog:
            self.watchdog.cancel()
        if self.backend:
            self.disconnect()
