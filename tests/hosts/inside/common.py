"""What works on every host, whatever its settings."""

import re

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse

from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import links, tokens
from wagtail_diaspora.registrar.models import Order

pytestmark = pytest.mark.django_db
UNTUNED = {"diaspora.W106"}  # no clock runs here
ROOT_URL = "http://primjer.example.org:8443"


def is_private(response):
    """Kept by no cache, found by no search engine, and its address goes nowhere."""
    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    return {"private", "no-store"} <= kept and response["X-Robots-Tag"] == "noindex, nofollow"


def text(response):
    return response.content.decode()


def an_order(citizen):
    citizen.as_far_as_check().post(declared="on", privacy="on")
    return Order.objects.get()


def test_no_check_complains_falsely_and_no_migration_is_missing():
    wrong = {"diaspora.W014"} if not settings.USE_I18N else set()
    assert {found.id for found in run_checks(databases=["default"])} - UNTUNED == wrong
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_the_page_leads_to_an_order(client, page):
    shown = client.get(page.url)
    assert shown.status_code == 200 and "no-store" not in shown.get("Cache-Control", "")
    led = re.search(r'href="([^"]*/diaspora/order/new/)\?page=(\d+)"', text(shown))
    assert led[1] == reverse("diaspora_registrar:new_order") and int(led[2]) == page.pk
    assert is_private(client.get(led[1]))


def test_an_order_is_taken_worked_on_and_tracked(client, citizen, clerk):
    order = an_order(citizen)
    assert order.reference in text(client.get(citizen.url))
    queue = clerk.get(reverse("diaspora_desk:queue"))
    assert order.reference in text(queue) and "no-store" in queue["Cache-Control"]
    case = clerk.get(reverse("diaspora_desk:case", args=[order.pk]))
    assert "Šućur" in text(case) and "no-store" in case["Cache-Control"]
    item = order.items.get()
    step = f"{reverse('diaspora_desk:step', args=[order.pk, 'found'])}?item={item.pk}"
    assert clerk.get(step).status_code == 200
    clerk.post(step, {"version": order.version, "fee_minor": "5", "number": "12"})
    item.refresh_from_db()
    assert item.state == "found"
    tracking = client.get(links.address("case", order=order.pk))
    assert tracking.status_code == 200 and is_private(tracking)
    assert order.reference in text(tracking)


def test_the_link_in_a_mail_opens_the_order_in_another_browser(client, citizen):
    order = an_order(citizen)
    draft, case = client.cookies["diaspora_draft_secret"], client.cookies["diaspora_case_token"]
    assert links.address("documents", draft=order.draft_key) == f"{draft['path']}documents/"
    assert links.address("case", order=order.pk) == case["path"]
    path = links.address("open_case", token=tokens.tracking_token(order))
    mails = [message.payload["text"] for message in Message.objects.filter(related_label=order.subject_key)]
    assert any(f"{ROOT_URL}{path}" in mail for mail in mails)
    client.cookies.clear()
    opened = client.get(path)
    assert opened.url == links.address("case", order=order.pk)
    assert order.reference in text(client.get(opened.url))
    client.cookies.clear()
    stranger = client.get(opened.url)
    assert stranger.url == links.address("lost_link") and is_private(stranger)


def test_a_forged_host_is_in_no_page_and_no_mail(client, citizen):
    client.defaults["HTTP_HOST"] = forged = "evil.example.net"
    order = an_order(citizen)
    case = links.address("case", order=order.pk)
    for url in (case, links.address("lost_link"), links.address("proof_form")):
        response = client.get(url)
        assert response.status_code == 200 and forged not in text(response) + str(response.headers)
    payloads = [message.payload for message in Message.objects.all()]
    assert any(ROOT_URL in payload["text"] for payload in payloads) and forged not in str(payloads)
