"""A form that did not come from our page is refused with a page that a citizen can read."""

from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse

from tests.factories.registrar import an_office
from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.registrar.models import Draft

pytestmark = pytest.mark.django_db
ITEM = {"type": "birth", "language": "bs", "copies": "1"}


def citizens_pages(patterns) -> Iterator[URLPattern]:
    """An editor's look at one of them stands in the admin, behind its login."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if issubclass(getattr(pattern.callback, "view_class", object), CitizenView):
                yield pattern
        elif str(pattern.pattern) != "admin/":
            yield from citizens_pages(pattern.url_patterns)


def test_no_page_of_a_citizen_takes_a_form_of_somebody_else():
    pages = list(citizens_pages(get_resolver().url_patterns))
    open_to_programs = {page.name for page in pages if page.callback.view_class.from_anywhere}
    assert len(pages) > 30 and open_to_programs == {"join", "leave"}
    for page in pages:
        if page.name not in open_to_programs:
            assert page.callback(RequestFactory().post("/")).status_code == 403, page


@pytest.mark.parametrize(
    ("language", "words"), [("bs", "Obrazac nije prihvaćen"), ("sr", "Образац није прихваћен")]
)
def test_without_cookies_it_is_said_what_to_do(language, words):
    an_office()
    answer = Client(enforce_csrf_checks=True).post(
        reverse("diaspora_registrar:new_order"), ITEM, headers={"accept-language": language}
    )
    assert answer.status_code == 403 and words in answer.content.decode()
    assert "no-store" in answer["Cache-Control"] and not Draft.objects.exists()


def test_whoever_develops_reads_the_reason(settings):
    settings.DEBUG = True
    an_office()
    answer = Client(enforce_csrf_checks=True).post(reverse("diaspora_registrar:new_order"), ITEM)
    assert answer.status_code == 403 and "CSRF cookie not set" in answer.content.decode()


def test_with_its_cookie_a_form_is_taken():
    an_office()
    browser, page = Client(enforce_csrf_checks=True), reverse("diaspora_registrar:new_order")
    browser.get(page)
    token = browser.cookies["csrftoken"].value
    assert browser.post(page, ITEM | {"csrfmiddlewaretoken": token}).status_code == 302
    assert Draft.objects.count() == 1
