"""Wagtail's scripts speak Bosnian, Croatian and Serbian too."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

pytestmark = pytest.mark.django_db


def reader(language):
    client, user = Client(), User.objects.create_superuser("reader")
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("bs", "Čuvanje…", "grešaka"),
        ("hr", "Spremanje…", "pogrešaka"),
        ("sr", "Чување…", "грешака"),
        ("sr-latn", "Čuvanje…", "grešaka"),
    ],
)
def test_script_words_speak_the_language_of_the_user(settings, language, word, form):
    settings.LANGUAGES = [(language, language)]
    response = reader(language).get(reverse("diaspora_script_words"))
    text = response.content.decode()
    assert f'"Saving...": {json.dumps(word)}' in text and json.dumps(f"%(num)s {form}") in text
    assert "n%10>=2" in text.replace(" ", "")
    assert "private" in response["Cache-Control"] and "Cookie" in response["Vary"]


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_script_words_leave_the_languages_of_wagtail_alone(settings, language):
    settings.LANGUAGES = [("bs", "bs"), (language, language)]
    response = reader(language).get(reverse("diaspora_script_words"))
    assert response["Content-Type"] == "text/javascript" and not response.content


def test_script_words_follow_the_catalogue_of_wagtail_on_every_screen():
    for client, name in ((reader("bs"), "wagtailadmin_home"), (Client(), "wagtailadmin_login")):
        page = client.get(reverse(name)).content.decode()
        scripts = [
            page.index(reverse(each)) for each in ("wagtailadmin_javascript_catalog", "diaspora_script_words")
        ]
        assert scripts == sorted(scripts)
        assert client.get(reverse("diaspora_script_words")).status_code == 200
