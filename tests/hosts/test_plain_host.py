"""A site as `wagtail start` makes it serves citizens after the documented steps, and nothing else."""

import html
import os
import re

import pytest
import requests

from tests.running.citizen import Citizen
from tests.running.clerk import Clerk
from tests.running.host import PASSWORD

from . import steps

PAGE = "/virtual-registrar/"
# What the documentation has a superuser do in the admin: the address of the site, and a clerk.
IN_THE_ADMIN = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Site
Site.objects.update(port={port})
clerk = get_user_model().objects.create_user("clerk", "clerk@example.org", "{password}")
clerk.groups.add(Group.objects.get(name__endswith=": clerk"))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DIASPORA_TEST_PG" in os.environ, reason="A plain site has SQLite."),
]


def stands_in_the_base_template(page):
    return 'href="/static/css/town.css"' in page.text and page.text.count("</html>") == 1


def test_checks_find_no_error_and_no_migration_is_missing(plain_host):
    assert "no issues" in plain_host.manage("check")
    assert "No changes detected" in plain_host.manage("makemigrations", "--check", "--dry-run")


def test_pages_stand_in_the_base_template_of_the_site(plain_host):
    page = requests.get(plain_host.url + PAGE, timeout=20)
    assert page.ok and stands_in_the_base_template(page)
    for sheet in re.findall(r'<link rel="stylesheet" href="(/static/[^"]+)"', page.text):
        assert requests.get(plain_host.url + sheet, timeout=20).ok, sheet
    below = {html.unescape(path) for path in re.findall(r'href="(/diaspora/[^"]+)"', page.text)}
    assert {"/diaspora/order/new/", "/diaspora/proof/"} <= {path.partition("?")[0] for path in below}
    for path in below:
        other = requests.get(plain_host.url + path, timeout=20)
        paper = other.headers["Content-Type"] == "application/pdf"
        assert other.ok and (paper or stands_in_the_base_template(other)), path


def test_an_order_reaches_the_applicant_and_the_clerk(plain_host, mailbox):
    plain_host.manage("shell", "-c", IN_THE_ADMIN.format(port=plain_host.port, password=PASSWORD))
    citizen = Citizen(plain_host.url, 1)
    reference = citizen.order()
    plain_host.send_mail_to(mailbox.port)
    plain_host.manage("diaspora_tick")
    mail = next(mail for mail in mailbox.messages if reference in mail["Subject"])
    assert mail["To"] == "citizen-1@example.net" and "registry@town.example.org" in mail["From"]
    link = re.search(rf"{plain_host.url}/diaspora/open/\S+", mail.get_body(("plain",)).get_content())[0]
    assert stands_in_the_base_template(requests.get(link, timeout=20))
    assert Clerk(plain_host.url).open_case(reference)


def test_the_example_installs_what_the_documentation_says():
    assert steps.apps() == steps.apps(steps.EXAMPLE)
    assert len(steps.apps()) >= 7


def test_the_documentation_names_the_commands_in_their_order():
    names = [command[0] for command in steps.commands()]
    assert names == ["diaspora_keys", "migrate", "check", "diaspora_setup"]
