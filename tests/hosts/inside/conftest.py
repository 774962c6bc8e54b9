"""For tests that `test_variants.py` runs in a process with settings of its own."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import get_script_prefix
from wagtail.models import Locale, Page, Site
from wagtail.users.models import UserProfile

from tests.registrar.citizen import Citizen
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.registrar.models import DocumentType

HOST = "primjer.example.org"


class Browser(Client):
    """Asks as a web server does that serves the site below its prefix."""

    def generic(self, method, path, *args, **kwargs):
        prefix, path = get_script_prefix(), re.sub("^https?://[^/]+", "", path)
        assert path.startswith(prefix), f"{path} leads out of {prefix}"
        return super().generic(method, path[len(prefix) - 1 :], *args, **kwargs)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A copy of a migrated database is there, to which comes what a host of these settings has besides."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        Locale.objects.update(language_code=settings.WAGTAIL_CONTENT_LANGUAGES[0][0])
        Site.objects.update(hostname=HOST, port=8443)
        Site.clear_site_root_paths_cache()


@pytest.fixture(scope="session", autouse=True)
def collected():
    """A manifest knows what was collected before the site starts."""
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def installed(django_db_setup, django_db_blocker):
    """An office as the command makes it, with a fee; it stays for the tests that follow."""
    with django_db_blocker.unblock():
        call_command(
            "diaspora_setup",
            municipality="primjer",
            under="/",
            name="Grad Primjer",
            kind="grad",
            entity="rs",
            email="maticar@example.org",
            english_only=not settings.USE_I18N,
            verbosity=0,
        )
        DocumentType.objects.update(fee_minor=500)


@pytest.fixture
def office(installed, db):
    return Municipality.objects.get()


@pytest.fixture
def page(office):
    return Page.objects.get(content_type__app_label="diaspora_registrar").specific


@pytest.fixture
def client():
    return Browser(headers={"host": HOST})


@pytest.fixture
def citizen(client, office):
    return Citizen(client)


@pytest.fixture
def clerk(office):
    """A browser in which the clerk is logged in."""
    users = get_user_model()
    user = users.objects.create(**{users.USERNAME_FIELD: "clerk@example.org"})
    user.groups.add(Group.objects.filter(name__startswith="Grad Primjer: ").order_by("pk")[0])
    UserProfile.objects.create(user=user, preferred_language="en")
    browser = Browser(headers={"host": HOST})
    browser.force_login(user)
    return browser
