"""An invitation that came back: whoever wrote it reads so, or nobody would ever confirm."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.syndication import a_hub, a_partner
from tests.syndication.newsdesk import an_editor
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import invitations, partnering, weekly
from wagtail_diaspora.syndication.desk.members import CHANGE
from wagtail_diaspora.syndication.models import Member
from wagtail_diaspora.syndication.setup import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SAID = "1 invitation did not get there:"
WHY = "The mailbox does not exist."


def shown(client, name="wagtailadmin_home", *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_a_newsroom_whose_invitation_came_back_is_red_until_the_next_one_leaves(town, client, smtp):
    editor, partner = an_editor(town, client), a_partner(town, state="invited")
    partnering.invite(partner, user=None)
    assert SAID not in shown(editor)
    smtp.reject = "550 5.1.1 no such user"
    deliver_due()
    home = shown(editor)
    assert SAID in home and WHY in home and "No delivery has come back." not in home
    assert WHY in shown(editor, "diaspora_newsdesk:partner", partner.pk)
    smtp.reject = None
    partnering.renew_links(partner, user=None)
    deliver_due()
    assert SAID not in shown(editor) and WHY not in shown(editor, "diaspora_newsdesk:partner", partner.pk)


def test_so_is_a_municipality_at_its_hub(smtp):
    hub = a_hub()
    keeper = logged_in(hub, CHANGE, MARK)
    member = Member.objects.create(municipality=hub, name="Grad Drugi", email="drugi@example.org")
    invitations.invite(member, user=None)
    smtp.reject = "550 5.1.1 no such user"
    deliver_due()
    assert SAID in shown(keeper) and "Grad Drugi" in shown(keeper)
    assert WHY in shown(keeper, "diaspora_newsdesk:member", member.pk)


def test_another_towns_invitations_are_nobodys_business(town, client, smtp):
    smtp.reject = "550 5.1.1 no such user"
    partnering.invite(a_partner(a_hub(), state="invited"), user=None)
    deliver_due()
    assert SAID not in shown(an_editor(town, client))


def test_the_weekly_mail_says_so_in_the_same_words(town, smtp, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://urednik.primjer.example.org"
    hub = a_hub()
    Municipality.objects.filter(pk=hub.pk).update(office_languages=["en"])
    newsroom = a_partner(hub, state="invited")
    member = Member.objects.create(municipality=hub, name="Grad Drugi", email="drugi@example.org")
    partnering.invite(newsroom, user=None)
    invitations.invite(member, user=None)
    smtp.reject = "550 5.1.1 no such user"
    deliver_due()
    smtp.reject = None
    assert weekly.summarise(datetime(2026, 3, 3, 9, tzinfo=UTC)) == 1  # the town has invited nobody
    deliver_due()
    words = smtp.latest_to("press@example.org").get_body(("plain",)).get_content()
    assert SAID.replace("1 invitation", "2 invitations") in words
    assert all(f"– {row}, {row.email}: {WHY}" in words for row in (newsroom, member))
    assert "https://urednik.primjer.example.org/admin/" in words.splitlines()
