"""Every address of ours is below the host's prefix, and its admin and its login are where it says."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from wagtail_diaspora.registrar import links, notices
from wagtail_diaspora.registrar.models import Draft, Order
from wagtail_diaspora.syndication.actions.building import Speaker

from .common import ROOT_URL, an_order, text

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'(?:href|action|src)="(/[^"]*)"')


def leads_of(page):
    """Addresses in our part of a page."""
    return ADDRESS.findall(page.partition('<div class="diaspora"')[2].partition("</main>")[0])


def test_each_address_of_ours_is_below_the_prefix(client, citizen, page):
    leads = leads_of(text(client.get(page.url)))
    citizen.as_far_as_check()
    for name in ("documents", "you", "delivery", "identity", "check", "erase"):
        leads += leads_of(text(client.get(links.address(name, draft=Draft.objects.get().pk))))
    citizen.post(declared="on", privacy="on")
    for name in ("sent", "case", "withdraw"):
        leads += leads_of(text(client.get(links.address(name, order=Order.objects.get().pk))))
    assert len(leads) > 20 and not [path for path in leads if not path.startswith("/town/")]
    assert 'href="/town/static/wagtail_diaspora/diaspora.css"' in text(client.get(page.url))


def test_the_clock_writes_the_same_addresses(citizen, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    order = an_order(citizen)
    call_command("diaspora_tick", only="outbox.deliver", verbosity=0)
    sent = mail.outbox[0].body
    assert f"{ROOT_URL}/town/diaspora/open/" in sent and f"{ROOT_URL}/diaspora" not in sent
    order.answer_by = order.due_on
    assert f"{ROOT_URL}/town/diaspora/open/" in notices.reminder(order).payload["text"]


def test_the_publisher_of_news_is_at_the_website_below_the_prefix(office):
    assert Speaker.of(office, "bs").publisher.url == f"{ROOT_URL}/town"


def test_who_is_not_logged_in_comes_to_the_login_of_the_host(client, page):
    queue = reverse("diaspora_desk:queue")
    assert queue == "/town/uprava/diaspora/orders/"
    assert client.get(queue).url == f"/town/prijava/?next={queue}"
    page.view_restrictions.create(restriction_type="login")
    assert client.get(page.url).url == f"/town/prijava/?next={page.url}"


def test_the_desk_leads_nowhere_else(clerk, citizen):
    order = an_order(citizen)
    for url in (reverse("diaspora_desk:queue"), reverse("diaspora_desk:case", args=[order.pk])):
        leads = ADDRESS.findall(text(clerk.get(url)).partition("<main")[2])
        assert leads and not [path for path in leads if not path.startswith("/town/uprava/")]


def test_a_page_is_named_by_its_path_with_or_without_the_prefix(page, office):
    below = page.get_parent().add_child(instance=type(page.get_parent())(title="Ured", slug="ured"))
    for path in ("/ured/", "/town/ured/", str(below.pk)):
        call_command("diaspora_setup", municipality="primjer", under=path, dry_run=True, verbosity=0)
