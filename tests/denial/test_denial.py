"""Nobody sees or changes what is not theirs, at any address, with real keys.

A new address without a row in TABLE fails here, so that none is forgotten.
"""

import re
import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from tests.factories.municipalities import user_with
from tests.factories.registrar import a_site, an_office, an_order
from wagtail_diaspora.municipalities.permissions import grantable
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import links, tokens
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.desk import steps
from wagtail_diaspora.vault.models import AccessLogEntry

from .table import BULK, TABLE
from .urls import ours
from .world import SECRETS, World, writing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHANGING = re.compile("add|edit|delete|enter|assign|step|person|resend")
PUBLIC = ("diaspora_registrar:", "diaspora_syndication:", "diaspora_bulletin:")
HOME, QUEUE = "/admin/", "/admin/diaspora/orders/"


@pytest.fixture
def world():
    return World()


def nobody(world):
    return Client()


def other_applicant(world):
    """Follows an order of their own, at the same office."""
    client = Client()
    who = {"persons": [AskedPerson("self", {"family_name": "Horvat"})], "applicant": {}, "address": {}}
    own = an_order(world.office, **who, email="mirko@example.net")
    link = links.address("open_case", token=tokens.tracking_token(own))
    assert client.get(link, headers={"host": "one.example.org"}).status_code == 302
    return client


def other_clerk(world):
    """May do everything there is to do, in another municipality."""
    return logged_in(an_office(site=a_site("two.example.org")), *everything())


def editor(world):
    return logged_in(world.office, "wagtailcore.change_page")


def looker(world):
    """A clerk of the same office who may see everything, and change nothing."""
    return logged_in(world.office, *(name for name in everything() if ".view_" in name))


def logged_in(office, *permissions):
    user = user_with(*permissions, municipality=office)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)
    return client


def test_every_address_stands_in_the_table():
    assert set(ours()) == set(TABLE)


@pytest.mark.parametrize("actor", [nobody, other_applicant, other_clerk, editor])
def test_others_learn_and_change_nothing(world, actor):
    client = actor(world)
    before = world.snapshot()
    for name, keys in TABLE.items():
        url = reverse(name, kwargs=keys(world))
        for method, data in (("get", None), ("get", {"export": "csv"}), ("post", typed(world))):
            with writing() as written:
                response = getattr(client, method)(url, data, headers={"host": "one.example.org"})
            assert response.status_code in (200, 302, 400, 401, 403, 404, 405, 410, 422, 503), (
                name,
                method,
                response.status_code,
            )
            learned = [secret for secret in (*SECRETS, world.order.reference) if secret in shown(response)]
            assert not learned, (name, method, learned)
            assert not written or world.snapshot() == before, (name, method)
    assert world.snapshot() == before
    assert not AccessLogEntry.objects.filter(scope=world.office.scope).exists()


def test_whoever_may_only_look_changes_nothing(world):
    """Neither the page on which it is changed is shown, nor is what is sent to it taken."""
    client = looker(world)
    before, mails = world.snapshot(), Message.objects.count()
    for name, url in desk_addresses(world):
        with writing() as written:
            answer = client.post(url, typed(world))
        assert answer.status_code in (302, 403, 404, 405), name
        assert not written or (world.snapshot(), Message.objects.count()) == (before, mails), name
        if CHANGING.search(name):
            shown_form = client.get(url)
            assert shown_form.status_code in (302, 403, 404, 405), name
            assert shown_form.headers.get("Location", HOME) in (HOME, QUEUE), name
    assert (world.snapshot(), Message.objects.count()) == (before, mails)


def desk_addresses(world):
    """Every address of the admin; of the steps, each one for the order and for its item."""
    item = world.order.items.get()
    for name, keys in TABLE.items():
        if name == "diaspora_desk:step":
            for step in steps.BY_NAME.values():
                url = reverse(name, kwargs={"order": world.order.pk, "step": step.name})
                yield f"{name} {step.name}", f"{url}?item={item.pk}" if step.to else url
        elif not name.startswith(PUBLIC):
            yield name, reverse(name, kwargs=keys(world))


@pytest.mark.parametrize("actor", [nobody, other_applicant, other_clerk, editor, looker])
def test_others_change_nothing_in_bulk(world, actor):
    """Wagtail has one address for all bulk actions, which is none of ours."""
    client, before = actor(world), world.decided()
    for model, (name, actions) in BULK.items():
        for action in actions:
            url = reverse("wagtail_bulk_action", args=[*model.split("."), action])
            for chosen in (f"?id={getattr(world, name).pk}", "?id=all"):
                for method in (client.get, client.post):
                    response = method(url + chosen)
                    assert response.status_code in (200, 302, 403, 404)
                    learned = [secret for secret in SECRETS if secret in shown(response)]
                    assert actor is looker or not learned
    assert world.decided() == before


def typed(world):
    seen = f"{world.order.pk}_{world.order.version}"
    return {
        "order": seen,
        "assignee": "nobody",
        "version": world.order.version,
        "key": uuid.uuid4(),
        "body": "x",
        "number": "666",
        "kind": "name",
    }


def shown(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace") + response.headers.get("Location", "")


def test_the_office_itself_reaches_its_own(world):
    """The same keys serve the office, so that no denial above is a typing error."""
    client = logged_in(world.office, *everything())
    may_edit = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    group = Group.objects.filter(municipality_permissions__municipality=world.office).first()
    GroupPagePermission.objects.create(group=group, page=world.story, permission=may_edit)
    never = {
        f"{name}:{view}"
        for name in (
            "diaspora_municipality",
            "diaspora_registrar_settings",
            "diaspora_syndication_settings",
        )
        for view in ("add", "delete")
    }
    for name, keys in TABLE.items():
        if name.startswith(PUBLIC):
            continue
        status = client.get(reverse(name, kwargs=keys(world))).status_code
        posted = {
            "diaspora_desk:resend": (405,),
            "diaspora_desk:assign": (302,),
            "diaspora_newsdesk:hub_index": (302,),  # there is only one municipality
            "diaspora_news:calendar": (404,),  # of an event that is not published
            "diaspora_topic:delete": (302,),  # the list of all municipalities
        }
        expected = (302, 404) if name in never else posted.get(name, (200,))
        assert status in expected, name


def everything():
    return [f"{p.content_type.app_label}.{p.codename}" for p in grantable()]
