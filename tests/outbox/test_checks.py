from datetime import timedelta

import pytest
from django.utils import timezone

from wagtail_diaspora.outbox import checks
from wagtail_diaspora.outbox.models import PeriodicRun


def ids(found):
    return [problem.id for problem in found]


@pytest.mark.parametrize("value", [0, -1, "20", None, True])
def test_number_that_is_none_is_named(settings, value):
    settings.WAGTAIL_DIASPORA = {"OUTBOX_BATCH_SIZE": value}
    assert ids(checks.numbers_are_sane(None)) == ["diaspora.E101"]


def test_lease_too_short_for_a_slow_server_is_named(settings):
    settings.WAGTAIL_DIASPORA = {"OUTBOX_LEASE_SECONDS": 10}
    assert ids(checks.numbers_are_sane(None)) == ["diaspora.E102"]


def test_settings_as_shipped_are_sane(settings):
    settings.WAGTAIL_DIASPORA = {}
    assert checks.numbers_are_sane(None) == []


@pytest.mark.parametrize("sender", ["webmaster@localhost", "Matičar", ""])
def test_sender_without_an_address_is_named(settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender
    assert ids(checks.sender_is_an_address(None)) == ["diaspora.E103"]


def test_sender_with_a_name_is_fine(settings):
    settings.DEFAULT_FROM_EMAIL = "Matični ured <ured@example.org>"
    assert checks.sender_is_an_address(None) == []


def test_backend_that_does_not_exist_is_named(settings):
    settings.WAGTAIL_DIASPORA = {"OUTBOX_EMAIL_BACKEND": "nowhere.Backend"}
    assert ids(checks.email_backend_exists(None)) == ["diaspora.E104"]


def test_backend_that_does_not_send_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert ids(checks.email_backend_sends(None)) == ["diaspora.W105"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert checks.email_backend_sends(None) == []


@pytest.mark.django_db
def test_clock_that_stands_is_named():
    assert ids(checks.clock_is_running(None, databases=["default"])) == ["diaspora.W106"]
    PeriodicRun.objects.create(name="any", finished_at=timezone.now() - timedelta(minutes=1))
    assert checks.clock_is_running(None, databases=["default"]) == []


def test_clock_is_not_asked_without_a_database():
    assert checks.clock_is_running(None, databases=None) == []


@pytest.mark.parametrize("address", ["Matičar <returned@example.org>", "returned", "@example.org"])
def test_return_address_that_is_not_bare_is_named(settings, address):
    settings.WAGTAIL_DIASPORA = {"OUTBOX_RETURN_ADDRESS": address}
    assert ids(checks.return_address_is_one(None)) == ["diaspora.E107"]


@pytest.mark.parametrize("address", [None, "returned@example.org"])
def test_return_address_that_is_one_is_fine(settings, address):
    settings.WAGTAIL_DIASPORA = {"OUTBOX_RETURN_ADDRESS": address}
    assert checks.return_address_is_one(None) == []
