import gc
import os
import socket

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tests import GARBAGE, databases
from tests.mailbox import Mailbox


def pytest_configure():
    """Before xdist starts its workers, so that they have one folder."""
    gc.set_threshold(GARBAGE)
    databases.folder_of_run()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from tests.together import Scheduling

    config.option.loadscopereorder = False
    return Scheduling(config, log)


def pytest_collection_modifyitems(config, items):
    """What takes long begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if os.environ.get("DIASPORA_TEST_PG"):
        silent = [item for item in items if not asks_the_database(item)]
        config.hook.pytest_deselected(items=silent)
        items[:] = [item for item in items if asks_the_database(item)]


def asks_the_database(item):
    """What is slow has a host of its own; whatever else has not said so is refused its first query."""
    fixtures = {"django_db_setup", "live_server"} & set(item.fixturenames)
    return fixtures or item.get_closest_marker("django_db") or item.get_closest_marker("slow")


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
    cache.clear()  # Wagtail keeps renditions by the key of their image
    translation.deactivate()  # as a request has left it
    monkeypatch.setattr(keeping, "KEPT_SECONDS", 10**9)


@pytest.fixture
def english():
    """For tests that read sentences."""
    with translation.override("en"):
        yield
