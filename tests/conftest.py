import os
import socket

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.utils import translation

from tests import databases
from tests.mailbox import Mailbox


def pytest_configure():
    """Before xdist starts its workers, so that they have one folder."""
    databases.folder_of_run()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A copy of the migrated database, which another worker may have made."""
    name = f"test_{os.getpid()}"
    databases.give(settings.WORK_DIR, name)
    if connection.vendor == "postgresql":
        connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.drop(name)


class LoopbackController(Controller):
    """On a port that the system chose and that nobody can take in between."""

    def __init__(self, handler):
        self.socket = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self.socket.getsockname()[1])

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.socket)


@pytest.fixture
def smtp(settings):
    """A real SMTP server on loopback, as `Mailbox`; Django's mail settings point at it."""
    mailbox = Mailbox()
    controller = LoopbackController(mailbox)
    controller.start()
    mailbox.port = controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield mailbox
    mailbox.let_go()
    controller.stop()


@pytest.fixture(autouse=True)
def _nothing_kept_of_an_earlier_test(monkeypatch):
    """Tests roll back and take the same keys again, which no site does; and none is kept half a test."""
    from wagtail_diaspora import keeping, locales
    from wagtail_diaspora.registrar import offer, offices, storefront
    from wagtail_diaspora.registrar.templatetags import diaspora_registrar_tags
    from wagtail_diaspora.syndication.models import channels
    from wagtail_diaspora.templatetags import diaspora_tags

    versions = (locales._code, offer._load, offices._office, storefront._front, channels._shelf_of)
    for kept in (*versions, diaspora_tags._empty_field, diaspora_registrar_tags._message_form):
        kept.cache_clear()
    monkeypatch.setattr(keeping, "KEPT_SECONDS", 10**9)


@pytest.fixture
def english():
    """For tests that read sentences."""
    with translation.override("en"):
        yield
