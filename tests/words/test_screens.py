"""Every screen of clerk, editor and administrator speaks the language of its reader."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, trans_real
from wagtail import VERSION
from wagtail.models import Locale

from tests.running.citizen import ANSWERS, DECLARED, YOU, picture

from .reading import Reader
from .walking import walk
from .world import World, logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LANGUAGES = {"bs": "bs", "hr": "hr", "sr": "sr", "sr-latn": "sr_Latn"}
OFFERED = [
    ("bs", "Bosanski"),
    ("hr", "Hrvatski"),
    ("sr-latn", "Srpski (latinica)"),
    ("sr", "Српски"),
    ("de", "Deutsch"),
    ("en", "English"),
]
KNOWN = {
    *(
        "Čedomir Šućur-Đukić",
        "Čedomir",
        "Čedo Šućur",
        "Šućur-Đukić",
        "Đorđe Šućur",
        "Žana Đukić",
        "Ljubija",
        "Königstraße",
    ),
    *(
        "c•••@example.net",
        "70173 Stuttgart",
        "Grad Primjer",
        "Virtuelni matičar",
        "Host",
        "Root",
        "testserver",
    ),
    *("Home page", "home page", "Home Page", "Home pages", "home pages"),  # the host's own types of pages
    *("Blog page", "blog page", "Blog Page", "Blog pages", "blog pages"),
    *("Story page", "story page", "Story Page", "Story pages", "story pages"),
    *("Bosanski", "bosanski", "Hrvatski", "hrvatski", "Srpski (latinica)", "srpski (latinica)"),
    *(
        "Deutsch",
        "English",
        "host.homepage",
        "host.blogpage",
        "host.storypage",
        "diaspora_registrar.registrarpage",
    ),
    *(f"diaspora_news.{name}page" for name in ("news", "event", "goodpractice", "newsindex")),
    *("Port", "→ User"),  # of a column and a relation without a name
    *("forenames", "sex", "jmbg"),  # codes of facts, and below of boxes
    *("state", "office", "entry", "remarks", "hand", "husband", "wife"),
}
RIGHT = {
    *('["bs", "hr", "sr-latn", "sr"]', "null"),  # fields that show what is stored
    # Wagtail asks no catalogue for these
    *("Email address", "Link text", "Page", "Password", "Phone number", "Root page", "Site name", "Subject"),
}
ONCE = {  # Wagtail asks for these while it is imported: they stand in the language of that moment
    "/admin/": ["What's new in Wagtail %(version)s"],
    "/admin/groups/": [
        *("Add", "Choose", "Delete", "Edit", "Add collections", "Edit collections", "Delete collections"),
        *("Add/edit images you own", "Edit any image", "Select images in choosers"),
        *("Add/edit documents you own", "Edit any document", "Select documents in choosers"),
    ],
    "/admin/documents/chooser/": ["Search"],
    "/admin/images/chooser/": ["Search"],
    "/admin/pages/workflow/": ["Comment"],
}


@pytest.fixture(params=LANGUAGES)
def language(request, settings):
    settings.LANGUAGE_CODE = request.param
    settings.LANGUAGES = settings.WAGTAILADMIN_PERMITTED_LANGUAGES = OFFERED
    settings.WAGTAIL_USER_TIME_ZONES = ["Europe/Sarajevo"]
    with translation.override(request.param):
        yield request.param


def reader_of(language: str) -> Reader:
    return Reader(LANGUAGES[language], known=KNOWN, right=set(RIGHT))


def wrong_on(reader: Reader, screens) -> dict[str, str]:
    """The first address of each wrong text."""
    found = {}
    for url, markup in screens:
        for text in reader.wrong(markup) - asked_once(url):
            found.setdefault(text, url)
    return found


def asked_once(url: str) -> set[str]:
    names = [name for start, names in ONCE.items() if url.startswith(start) for name in names]
    with translation.override("bs"):
        said = {*names, *map(gettext, names)}
    return {text % {"version": f"{VERSION[0]}.{VERSION[1]}"} if "%" in text else text for text in said}


@pytest.mark.parametrize("role", ["head_of_office", "editor", "administrator"])
def test_no_screen_of_the_admin_is_in_english(language, role):
    world = World(language)
    client = logged_in(getattr(world, role)())
    screens = list(walk(client, reverse("wagtailadmin_home")))
    assert len({url for url, _markup in screens}) > 30
    assert wrong_on(reader_of(language), screens) == {}


def test_no_screen_of_a_refusal_is_in_english(language):
    """What is answered to a stranger, to the wrong password, to a form left empty, and to a wrong address."""
    world = World(language)
    stranger, editor, clerk = Client(), logged_in(world.editor()), logged_in(world.head_of_office())
    login, reset = reverse("wagtailadmin_login"), reverse("wagtailadmin_password_reset")
    create = reverse("wagtailadmin_pages:add", args=["host", "homepage", world.home.pk])
    answers = [
        stranger.get(login),
        stranger.post(login, {"username": "x", "password": "y"}),
        stranger.post(login, {}),
        stranger.get(reset),
        stranger.post(reset, {}),
        stranger.get(reverse("wagtailadmin_password_reset_done")),
        stranger.get(reverse("wagtailadmin_password_reset_confirm", args=["x", "y"])),
        editor.get("/admin/nowhere/"),
        editor.get(reverse("wagtailsites:index"), follow=True),
        editor.post(create, {"slug": "_ _"}),
        editor.post(reverse("wagtailimages:add"), {}),
        editor.post(reverse("wagtaildocs:add"), {}),
        editor.post(reverse("wagtailadmin_pages:edit", args=[world.news.pk]), {}),
        clerk.post(reverse("diaspora_account:add"), {}),
        clerk.post(reverse("diaspora_holiday:add"), {"day": "x"}),
        clerk.post(reverse("diaspora_closure:add"), {}),
        clerk.post(reverse("diaspora_municipality:edit", args=[world.office.pk]), {}),
        clerk.post(
            reverse("diaspora_registrar_settings:edit", args=[world.office.registrar_settings.pk]), {}
        ),
    ]
    screens = [(answer.request["PATH_INFO"], answer.content.decode()) for answer in answers]
    assert wrong_on(reader_of(language), screens) == {}


def test_no_screen_of_the_citizen_is_in_english(language):
    world = World(language)
    client = Client()
    screens = []

    def look(method, path, data=None):
        answer = getattr(client, method)(path, data, follow=True)
        screens.append((path, answer.content.decode()))
        return answer

    look("get", world.page.url, {"language": language})
    for path in (reverse("diaspora_registrar:lost_link"), reverse("diaspora_registrar:proof_form")):
        look("get", path)
        look("post", path, {})
    look("post", "/diaspora/order/new/", {})
    page = look("post", "/diaspora/order/new/", ANSWERS["item"])
    draft = re.search(r"/diaspora/order/([0-9a-f-]{36})/", page.request["PATH_INFO"])[1]
    files = {"files": SimpleUploadedFile("passport.jpg", picture())}
    steps = {
        "person/0": ANSWERS["person"],
        "you": YOU | {"email": "citizen@example.net"},
        "delivery": ANSWERS["delivery"],
        "identity": files,
        "check": DECLARED,
    }
    for step, answers in steps.items():
        path = f"/diaspora/order/{draft}/{step}/"
        look("get", path)
        look("post", path, {})
        done = look("post", path, answers)
    screens += walk(client, done.request["PATH_INFO"])
    assert any("/diaspora/case/" in url for url, _markup in screens)
    assert wrong_on(reader_of(language), screens) == {}


def test_no_page_of_news_is_in_english(language):
    Locale.objects.update(language_code=language)
    world, client = World(language), Client()
    screens = []
    for page in world.pieces:
        screens.append((page.url, client.get(page.url).content.decode()))
    listed = world.pieces[0].url
    for query in ({"topic": "nowhere"}, {"kind": "event", "year": "x"}):
        screens.append((listed, client.get(listed, query).content.decode()))
    assert all("diaspora" in markup for _url, markup in screens)
    assert wrong_on(reader_of(language), screens) == {}


def test_one_missing_word_is_found(settings):
    """The walk can fail: without its translation a button of the page editor is English."""
    settings.LANGUAGE_CODE = "hr"
    settings.LANGUAGES = OFFERED
    with translation.override("hr"):
        world = World("hr")
        editor, url = logged_in(world.editor()), reverse("wagtailadmin_pages:edit", args=[world.news.pk])
        assert wrong_on(reader_of("hr"), [(url, editor.get(url).content.decode())]) == {}
        for words in trans_real.translation("hr")._catalog._catalogs:
            words.pop("Save draft", None)
        assert wrong_on(reader_of("hr"), [(url, editor.get(url).content.decode())]) == {"Save draft": url}


def test_a_reference_without_a_digit_is_no_word():
    reader = Reader("sr", known={"Wagtail"}, right=set())
    assert not reader.wrong("<h1>WZA-SEF-MZH: Преузми</h1><p>GGV-BNT-TWC</p>")
    assert reader.wrong("<h1>Preuzmi</h1>") == {"Preuzmi"}
