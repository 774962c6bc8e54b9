"""Files that the office gives with a message: named by the link, opened by a code, and nothing else is."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.registrar import FACTS, a_site, an_office, an_order
from tests.pdf import text_of
from tests.registrar.applicant import Applicant
from tests.registrar.citizen import picture
from tests.registrar.clerk import a_clerk
from tests.registrar.giving import given, opened
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, exporting, links, tokens
from wagtail_diaspora.registrar.models import OrderFile
from wagtail_diaspora.registrar.models.thread import FileKind
from wagtail_diaspora.registrar.views.base import OPENED_COOKIES
from wagtail_diaspora.vault import inspection
from wagtail_diaspora.vault.models import AccessLogEntry, PrivateFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"), signature_policy="upload")


def test_the_link_alone_opens_no_file(applicant, order):
    (row,) = given(order, "izvod.jpg")
    answer = applicant.client.get(applicant.url("file", file=row.pk))
    assert answer.url == applicant.url("files")
    page = applicant.get("files")
    assert "izvod.jpg" not in page and "Send me a code" in page
    assert applicant.post("files", {"code": "000000"}).status_code == 422
    assert not AccessLogEntry.objects.exists()


def test_a_code_opens_all_files_in_this_browser(applicant, order):
    rows = given(order, "izvod čđ.jpg", 'a"b.jpg')
    page = opened(applicant).get("files")
    assert "izvod čđ.jpg" in page and "For one hour" in page
    assert MunicipalityLogEntry.objects.filter(action="diaspora_registrar.files_opened").count() == 1
    for number, row in enumerate(rows, start=1):
        answer = applicant.client.get(applicant.url("file", file=row.pk))
        assert answer.content[:3] == b"\xff\xd8\xff" and answer["Content-Type"] == "image/jpeg"
        assert AccessLogEntry.objects.count() == number
    assert answer["Content-Disposition"] == 'attachment; filename="a\\"b.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.action, entry.user, entry.object_id) == ("opened", None, str(rows[-1].pk))
    assert entry.scope == order.municipality.scope and not entry.by_superuser
    assert "were opened with a code" in applicant.get("case")


def test_reading_is_recorded_before_the_bytes_are_read(applicant, order):
    (row,) = given(order, "izvod.jpg")
    opened(applicant)
    PrivateFile.objects.filter(pk=row.file_id).update(generation=7)  # bytes that are not there
    with pytest.raises(FileNotFoundError):
        applicant.client.get(applicant.url("file", file=row.pk))
    assert AccessLogEntry.objects.filter(action="opened", object_id=str(row.pk)).count() == 1


def test_nothing_else_of_the_order_is_opened(applicant, order, office):
    given(order, "izvod.jpg")
    clerk = get_user_model().objects.get()
    inspected = inspection.inspect(picture())
    for kind in FileKind:
        kept = inspection.keep(inspected, scope=office.scope)
        OrderFile.objects.create(order=order, kind=kind, file=kept, from_applicant=False)
    actions.answer(order, key=uuid.uuid4(), body="x", files=[(FileKind.OTHER, inspected)])
    letter = [(kind, inspected) for kind in FileKind]
    actions.enter_answer(order, user=clerk, key=uuid.uuid4(), body="x", files=letter)
    given(order, "register.jpg", kind=FileKind.IDENTITY)
    opened(applicant)
    others = order.files.exclude(pk__in=order.files.of_office())
    assert others.count() == 2 * len(FileKind) + 2
    page = applicant.get("files") + applicant.get("case")
    for row in others:
        assert applicant.client.get(applicant.url("file", file=row.pk)).status_code == 404
        assert str(row.pk) not in page
    assert not AccessLogEntry.objects.exists()


def test_files_of_another_order_are_not_opened(applicant, order, office):
    given(order, "izvod.jpg")
    other = an_order(office, language="en")
    (row,) = given(other, "tuđi.jpg")
    opened(applicant)
    assert applicant.client.get(applicant.url("file", file=row.pk)).status_code == 404
    assert applicant.client.get(links.address("file", order=other.pk, file=row.pk)).url == reverse(
        "diaspora_registrar:lost_link"
    )


def test_the_right_ends_after_an_hour_and_with_the_link(applicant, order, monkeypatch):
    (row,) = given(order, "izvod.jpg")
    url = opened(applicant).url("file", file=row.pk)
    cookie = applicant.client.cookies[OPENED_COOKIES["files"]]
    assert cookie["path"] == applicant.url("files") and cookie["httponly"] and cookie["max-age"] == 3600
    assert applicant.client.get(url).status_code == 200
    later = timezone.now() + timedelta(minutes=tokens.OPEN_MINUTES, seconds=5)
    with monkeypatch.context() as patched:
        patched.setattr("time.time", later.timestamp)
        assert applicant.client.get(url).url == applicant.url("files")
    actions.revoke_links(order)
    applicant.open()
    assert applicant.client.get(url).url == applicant.url("files")


def test_the_right_to_correct_is_none_to_open_files(applicant, order):
    (row,) = given(order, "izvod.jpg")
    applicant.unlocked()
    applicant.client.cookies[OPENED_COOKIES["files"]] = tokens.opened_token(order, "change")
    assert applicant.client.get(applicant.url("file", file=row.pk)).url == applicant.url("files")
    assert applicant.post("files", {"code": applicant.code("change")}).status_code == 422


def test_without_an_address_the_page_says_whom_to_ask(client, office):
    applicant = Applicant(client, an_order(office, email="", language="en"))
    (row,) = given(applicant.order, "izvod.jpg")
    page = applicant.get("case")
    assert "izvod.jpg" in page and "ask the office for them" in page
    assert applicant.url("file", file=row.pk) not in page
    page = applicant.get("files")
    assert "There is no e-mail address for this order" in page and "Send me a code" not in page
    assert applicant.post("files", {}).status_code == 422
    assert not Message.objects.filter(key__contains=":code:").exists()


def test_a_file_that_is_being_checked_is_named_and_not_opened(applicant, order):
    (row,) = given(order, "izvod.pdf")
    PrivateFile.objects.filter(pk=row.file_id).update(
        state="checking", content_type="application/octet-stream"
    )
    url = applicant.url("file", file=row.pk)
    page = opened(applicant).get("files")
    assert "izvod.pdf" in page and "Being checked" in page and url not in page
    assert applicant.client.get(url).status_code == 404


def test_without_files_there_is_no_such_page(applicant):
    assert applicant.client.get(applicant.url("files")).url == applicant.url("case")


def test_the_own_data_name_them_and_the_erasure_takes_them(order, django_capture_on_commit_callbacks):
    given(order, "izvod.jpg")
    assert [file["kind"] for file in exporting.export(order)["files"]] == ["izvod.jpg"]
    actions.erase(order)
    assert not OrderFile.objects.exists() and not PrivateFile.objects.exists()


def test_the_report_says_what_was_opened_without_a_user(applicant, order, office):
    (row,) = given(order, "izvod.jpg")
    opened(applicant).client.get(applicant.url("file", file=row.pk))
    head = Client()
    head.force_login(a_clerk(office, "diaspora_vault.view_accesslogentry"))
    page = head.get(reverse("diaspora_access")).content.decode()
    assert "Opened with a one-time code" in page and f"file {order.reference}" in page


@pytest.mark.parametrize("name", ["case", "files"])
def test_pages_ask_the_same_for_one_and_three_files(client, office, name):
    asked = []
    for names in (["a.jpg"], ["a.jpg", "b.jpg", "c.jpg"]):
        applicant = Applicant(client, an_order(office, language="en"))
        given(applicant.order, *names)
        opened(applicant)
        applicant.get(name)
        with CaptureQueriesContext(connection) as captured:
            applicant.get(name)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 6


def test_no_paper_behind_the_link_alone_says_what_was_written(applicant, order, office):
    """Every address on the page of the order, in a browser that has the link and no code."""
    given(order, "izvod.jpg")
    written = {*FACTS.values(), "Königstraße", "Stuttgart", "+49711", order.email} - {"M"}
    addresses = set(re.findall(rf'href="({applicant.url("case")}[^"#]*)"', applicant.get("case")))
    assert {applicant.url(name) for name in ("receipt", "request_to_sign", "export")} <= addresses
    for address in addresses:
        answer = applicant.client.get(address, follow=True)
        is_pdf = answer["Content-Type"] == "application/pdf"
        shown = text_of(answer.content) if is_pdf else answer.content.decode()
        assert not [text for text in written if text in shown], address
