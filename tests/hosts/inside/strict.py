"""Every page of ours under the strictest policy: nothing inline, and each file is in the manifest."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.denial.urls import ours
from wagtail_diaspora.registrar import links, tokens, urls
from wagtail_diaspora.registrar.models import Draft, Order

from .common import text
from .conftest import HOST, Browser

pytestmark = pytest.mark.django_db
STATIC = re.compile(r'(?:href|src)="(/static/[^"?]+)')


DATA = "application/json"


class Inline(HTMLParser):
    """Notes what a policy without 'unsafe-inline' refuses, within `<main>` or everywhere."""

    def __init__(self, *, only_main: bool = False):
        super().__init__()
        self.found, self.inside = [], not only_main

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        self.inside = self.inside or tag == "main"
        refused = tag == "style" or (tag == "script" and "src" not in names and names.get("type") != DATA)
        refused = refused or any(name == "style" or name.startswith("on") for name in names)
        if self.inside and (refused or any(str(v).startswith("javascript:") for v in names.values())):
            self.found.append(self.get_starttag_text())


def inline(page: str, **options) -> list[str]:
    parser = Inline(**options)
    parser.feed(page)
    return parser.found


def seen(client, url):
    """The page, with what it refers to."""
    response = client.get(url, follow=True)
    page = text(response) if response["Content-Type"].startswith("text/html") else ""
    for path in STATIC.findall(page):
        assert (settings.STATIC_ROOT / path.removeprefix("/static/")).is_file(), f"{url}: {path}"
        assert re.search(r"\.[0-9a-f]{12}\.", path), f"{url}: {path}"
    return response, page


def addresses(**known):
    """Of each page of ours that needs no more than what is known."""
    for pattern in urls.urlpatterns:
        if pattern.pattern.converters.keys() <= known.keys():
            yield links.address(pattern.name, **{name: known[name] for name in pattern.pattern.converters})


def every_page(client, citizen, page):
    yield from (page.url, *addresses(code="ABCD-EFGH"))
    citizen.as_far_as_check()
    draft = Draft.objects.get()
    yield from addresses(draft=draft.pk, number=0, file=draft.files.get().pk)
    yield links.address("resume", token=tokens.resume_token(draft))
    citizen.post(declared="on", privacy="on")
    order = Order.objects.get()
    yield from addresses(order=order.pk)
    yield links.address("open_case", token=tokens.tracking_token(order))
    yield links.address("confirm_email", token=tokens.confirm_token(order, order.email))


def test_no_page_for_citizens_has_anything_inline(client, citizen, page):
    walked = 0
    for url in every_page(client, citizen, page):
        response, body = seen(client, url)
        assert response.status_code in (200, 404, 422), url
        assert response["Content-Security-Policy"] == "default-src 'self'"
        assert inline(body) == [], url
        walked += bool(body)
    assert walked >= 20


def test_what_is_wrong_is_said_without_anything_inline(client, citizen):
    _response, form = citizen.post(), text(client.post(citizen.url, {"type": "nothing"}))
    assert "diaspora-error-summary" in form and inline(form) == []


def test_the_desk_adds_nothing_inline_to_wagtails_admin(client, citizen, clerk):
    citizen.as_far_as_check().post(declared="on", privacy="on")
    order = Order.objects.get()
    step = reverse("diaspora_desk:step", args=[order.pk, "found"])
    case, queue = reverse("diaspora_desk:case", args=[order.pk]), reverse("diaspora_desk:queue")
    for url in (queue, case, f"{step}?item={order.items.get().pk}"):
        _response, body = seen(clerk, url)
        assert "<main" in body and inline(body, only_main=True) == [], url


def test_every_screen_of_the_settings_finds_its_files(office):
    browser = Browser(headers={"host": HOST})
    browser.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "only-for-tests"))
    for name in ours():
        if name.endswith((":index", ":add", "_pages", "diaspora_access")) or name == "diaspora_desk:queue":
            response, _body = seen(browser, reverse(name))
            assert response.status_code == 200, name
