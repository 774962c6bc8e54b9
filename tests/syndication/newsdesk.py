"""What an editor's day looks like to the tests: told, waited for, sent, and read at the newsroom."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from tests.factories.syndication import a_story, an_item
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Change, Delivery, Item
from wagtail_diaspora.syndication.setup import LEDGER, MARK, PARTNERS

HOME = "/admin/"


def tell():
    """One round of the clock: comparing, noting, writing mails."""
    rounds.publish()
    return rounds.tell()


def let_delay_pass():
    Delivery.objects.waiting().update(due_at=timezone.now() - timedelta(seconds=1))


def tell_and_send():
    """The same with the time to undo it over, and the mails on their way."""
    tell()
    let_delay_pass()
    rounds.tell()
    return deliver_due()


def a_told_item(town, title="Most je otvoren", **fields) -> Item:
    item = an_item(town, a_story(town, title, **fields))
    tell_and_send()
    return item


def lines(**where):
    """Kind, version and state of the ledger's lines."""
    rows = Delivery.objects.filter(**where).order_by("partner", "edition", "version")
    return [(row.kind, row.version, str(row.state)) for row in rows]


def kinds(**where):
    """Of what stands in the feeds' journals, in its order."""
    return list(Change.objects.filter(**where).order_by("channel", "number").values_list("kind", flat=True))


def shown(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def an_editor(town, client):
    """Signed in, with everything that the role has, reading English."""
    user = user_with(MARK, LEDGER, *PARTNERS, municipality=town)
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=town.site.root_page, permission=change)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client
