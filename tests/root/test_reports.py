"""What the host's administrators are mailed when a citizen's page fails."""

import logging

import pytest
from django.core import mail
from django.urls import reverse
from django.views.debug import SafeExceptionReporterFilter

from tests.factories.registrar import an_office, an_order
from tests.registrar.citizen import PERSON, YOU, Citizen, picture
from wagtail_diaspora.registrar import links, notices, tokens
from wagtail_diaspora.registrar.actions import drafts
from wagtail_diaspora.registrar.views.base import CASE_COOKIE, DRAFT_COOKIE

pytestmark = pytest.mark.django_db
CHOSEN = ("relation", "sex", "country", "purpose")


@pytest.fixture
def reported(client, settings, monkeypatch):
    """The text and the HTML of the one report, with its subject."""
    settings.ADMINS = [("Web", "web@example.org")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.raise_request_exception = False
    handler = next(h for h in logging.getLogger("django").handlers if "AdminEmailHandler" in type(h).__name__)
    monkeypatch.setattr(handler, "include_html", True)

    def report():
        [sent] = mail.outbox
        [(html, _kind)] = sent.alternatives
        assert "AttributeError" in sent.body and "AttributeError" in html
        return "\n".join([sent.subject, sent.body, html])

    return report


def test_nothing_typed_and_no_secret_is_reported(client, reported, monkeypatch):
    an_office()
    citizen = Citizen(client)
    citizen.post(type="birth", language="sr", copies="2")
    citizen.post(**PERSON)
    monkeypatch.setattr(notices, "links", None)
    assert citizen.goes("you").post(**YOU).status_code == 500
    report = reported()
    secret = client.cookies["diaspora_draft_secret"].value
    typed = [value for name, value in (PERSON | YOU).items() if name not in CHOSEN and value]
    assert [word for word in (secret, *typed) if word in report] == []
    assert "mail_to_resume" in report and "/you/" in report


def test_names_of_files_and_queries_are_not_reported(client, reported, monkeypatch):
    an_office()
    citizen = Citizen(client)
    citizen.as_far_as_check()
    monkeypatch.setattr(drafts, "inspect", lambda upload: upload.missing)
    citizen.goes("identity")
    citizen.url += "?language=de&code=GEHEIM"
    assert citizen.post(files=[picture("Ana-Maria.jpg")]).status_code == 500
    report = reported()
    assert "Ana-Maria" not in report and "GEHEIM" not in report


def test_a_token_in_the_address_is_not_reported(client, reported, monkeypatch):
    order = an_order()
    token = tokens.confirm_token(order, order.email)
    url = links.address("confirm_email", token=token)
    monkeypatch.setattr(tokens, "_short", lambda text: text.missing)
    client.cookies["diaspora_case_token"] = tokens.tracking_token(order)
    assert client.get(url, headers={"referer": f"http://testserver{url}"}).status_code == 500
    report = reported()
    assert token not in report and tokens.tracking_token(order) not in report
    assert "/diaspora/confirm/" in report


def test_without_our_filter_django_hides_our_cookies_by_their_names(rf):
    request = rf.get(reverse("diaspora_registrar:lost_link"))
    request.COOKIES = {CASE_COOKIE: "abc", DRAFT_COOKIE: "def"}
    assert set(SafeExceptionReporterFilter().get_safe_cookies(request).values()) == {"********************"}
