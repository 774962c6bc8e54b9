"""A clerk gives files with a message: inspected, bounded, once."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.registrar import a_site, an_office, an_order
from tests.registrar.clerk import a_clerk, do, step_url
from tests.registrar.giving import given, named
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar.models import OrderFile
from wagtail_diaspora.vault.models import PrivateFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"), signature_policy="upload")


@pytest.mark.parametrize(("step", "state"), [("write", "submitted"), ("ask", "waiting")])
def test_a_clerk_gives_files_with_a_message(desk, applicant, order, step, state):
    page = desk.get(step_url(order, step)).content.decode()
    assert "multipart/form-data" in page and "Files for the applicant" in page
    files = [named("Изvod čđ.jpg"), named("uputa.jpg")]
    case = do(desk, order, step, key=uuid.uuid4(), body="Here it is.", office=files).content.decode()
    order.refresh_from_db()
    rows = order.files.all()
    assert order.state == state and case.count("Изvod čđ.jpg") == 1
    assert {(r.kind, r.from_applicant, r.message.from_applicant) for r in rows} == {("office", False, False)}
    assert rows[0].file.scope == order.municipality.scope and rows[0].file.name == "Изvod čđ.jpg"
    url = reverse("diaspora_desk:file", args=[order.pk, rows[0].pk])
    assert url in case and desk.get(url).status_code == 200
    page = applicant.get("case")
    for row in rows:
        assert row.file.name in page and applicant.url("file", file=row.pk) in page
    assert re.search(r"JPG, \d+.bytes", page) and "To open them you need a code" in page


def test_a_message_that_comes_twice_has_its_files_once(desk, order):
    key = uuid.uuid4()
    for _time in range(2):
        do(desk, order, "write", key=key, body="Here.", office=named("a.jpg"))
    assert order.thread.count() == order.files.count() == 1


def test_what_is_refused_keeps_the_words_and_sends_nothing(desk, order):
    sent = Message.objects.count()
    bad = SimpleUploadedFile("virus.pdf", b"MZ this is a program")
    page = do(desk, order, "write", key=uuid.uuid4(), body="Mind this.", office=[bad]).content.decode()
    assert "virus.pdf" in page and "Mind this." in page and "Choose the files again" in page
    assert not order.thread.exists() and not PrivateFile.objects.exists()
    assert Message.objects.count() == sent


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [({"DRAFT_MAX_FILES": 1}, "1 file at most"), ({"DRAFT_MAX_BYTES": 900}, "too large together")],
)
def test_files_are_bounded_in_number_and_bytes(desk, order, settings, limit, sentence):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | limit
    files = [named("a.jpg"), named("b.jpg")]
    page = do(desk, order, "write", key=uuid.uuid4(), body="Here.", office=files).content.decode()
    assert sentence in page and not order.thread.exists() and not OrderFile.objects.exists()


def test_a_template_says_that_files_have_to_be_chosen_again(desk, order):
    typed = {"insert": "1", "template": "", "body": "Here.", "office": named("a.jpg")}
    page = desk.post(step_url(order, "write"), {"version": order.version, **typed}).content.decode()
    assert "Choose the files again" in page and not order.thread.exists()


def test_the_clerk_is_told_that_nobody_can_open_them(desk, office):
    page = desk.get(step_url(an_order(office, email=""), "write")).content.decode()
    assert "the applicant cannot open them" in page


def test_a_case_asks_the_same_for_one_and_three_files(desk, office):
    asked = []
    for names in (["a.jpg"], ["a.jpg", "b.jpg", "c.jpg"]):
        order = an_order(office)
        given(order, *names)
        url = reverse("diaspora_desk:case", args=[order.pk])
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            desk.get(url)
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("who", ["another office's clerk", "editor", "reader", "nobody"])
@pytest.mark.parametrize("step", ["write", "ask"])
def test_others_give_nothing(office, client, order, who, step):
    if who == "another office's clerk":
        client.force_login(a_clerk(an_office(site=a_site("other.example.org"))))
    elif who == "editor":
        client.force_login(a_clerk(office, "wagtailcore.change_page"))
    elif who == "reader":
        client.force_login(a_clerk(office, "diaspora_registrar.view_order"))
    typed = {"version": order.version, "key": uuid.uuid4(), "body": "x", "office": named("a.jpg")}
    assert client.post(step_url(order, step), typed).status_code in (302, 403, 404)
    assert not order.thread.exists() and not PrivateFile.objects.exists()
