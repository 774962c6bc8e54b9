"""An office that is closed: what its page says, who hears of orders meanwhile, and that no draft is lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Site

from tests.factories.registrar import an_office, an_order
from tests.registrar.citizen import Citizen
from wagtail_diaspora import dates
from wagtail_diaspora.municipalities.calendar import calendar_of
from wagtail_diaspora.municipalities.models import Closure
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, links
from wagtail_diaspora.registrar.models import Draft, Order, RegistrarPage
from wagtail_diaspora.registrar.views.base import DRAFT_COOKIE

pytestmark = pytest.mark.django_db
DEPUTY = {"deputy": "Matični ured Grada Uzor", "deputy_email": "deputy@example.org"}


@pytest.fixture
def office():
    return an_office(notice_email="notices@example.org")


def close(office, *, days=9, begins=0, **facts):
    first = timezone.localdate() + timedelta(days=begins)
    facts = {"reason": {"en": "We move to Square 1."}, **facts}
    return Closure.objects.create(
        municipality=office, first_day=first, last_day=first + timedelta(days=days), **facts
    )


def page(client):
    registrar = RegistrarPage(title="Registrar", slug="registrar")
    Site.objects.get().root_page.add_child(instance=registrar)
    return client.get(registrar.url + "?language=en").content.decode()


def said(day):
    return dates.in_sentence(day, "en")


def recipients(kind):
    return sorted(m.recipient for m in Message.objects.filter(key__contains=f":{kind}:"))


def test_the_page_shows_the_new_earliest_date_and_who_stands_in(client, office):
    closure = close(office, takes_orders=True, **DEPUTY)
    html = page(client)
    first = calendar_of(office).add_working_days(closure.last_day, 1)
    assert f"closed from {said(closure.first_day)} to {said(closure.last_day)}" in html
    assert "We move to Square 1." in html and DEPUTY["deputy"] in html and "deputy@" not in html
    assert f"goes on working on {said(first)}" in html and "Order a document" in html
    days = office.document_types.get(code="birth").working_days
    due = calendar_of(office).add_working_days(timezone.localdate(), days)
    assert due > closure.last_day and dates.in_words(due, "en") in html


def test_the_page_stops_new_orders_with_the_sentence_of_the_office(client, office):
    closure = close(office, takes_orders=False, **DEPUTY)
    back = said(closure.last_day + timedelta(days=1))
    for html in (page(client), client.get(Citizen(client).url + "?language=en").content.decode()):
        assert "The office takes no orders just now" in html and "We move to Square 1." in html
        assert f"come back on {back}" in html and DEPUTY["deputy"] in html
        assert "Order a document" not in html


def test_closures_that_follow_each_other_end_with_the_last(office):
    first = close(office, days=3, takes_orders=False)
    last = close(office, begins=4, days=2, takes_orders=False)
    opens = calendar_of(office).takes_orders_from(timezone.localdate())
    assert opens == last.last_day + timedelta(days=1) > first.last_day + timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "told"),
    [(0, ["deputy@example.org", "notices@example.org"]), (1, ["notices@example.org"])],
)
def test_the_deputy_is_told_during_the_closure_only(office, begins, told):
    close(office, begins=begins, **DEPUTY)
    order = an_order(office)
    assert recipients("office") == told
    key = "0f5f5d0e-8a39-4a4a-9b53-0d4f7a3fd3ad"
    actions.answer(order, key=key, body="Dobar dan.")
    assert recipients("office_message") == told


def test_an_office_without_a_mailbox_for_notices_still_has_its_deputy_told():
    office = an_office()
    close(office, **DEPUTY)
    an_order(office)
    assert recipients("office") == ["deputy@example.org"]


def test_one_mailbox_is_told_once(office):
    close(office, deputy="Isti", deputy_email="notices@example.org")
    an_order(office)
    assert recipients("office") == ["notices@example.org"]


@pytest.mark.parametrize("half", [{"deputy": "Ured"}, {"deputy_email": "deputy@example.org"}])
def test_a_deputy_has_a_name_and_a_mailbox(office, half):
    day = timezone.localdate()
    closure = Closure(municipality=office, first_day=day, last_day=day, **half)
    with pytest.raises(ValidationError):
        closure.full_clean()


def test_a_draft_waits_for_the_office_and_can_then_be_sent(client, office):
    citizen = Citizen(client).as_far_as_check()
    closure = close(office, days=40, takes_orders=False)
    back = closure.last_day + timedelta(days=1)
    answer = client.post(citizen.url + "?language=en", {"declared": "on", "privacy": "on"})
    html = answer.content.decode()
    assert answer.status_code == 422 and f"takes no orders until {said(back)}" in html
    assert "Königstraße" in html and not Order.objects.exists()
    draft = Draft.objects.get()
    assert draft.expires_at.date() == back + timedelta(days=7)
    assert int(answer.cookies[DRAFT_COOKIE]["max-age"]) > 40 * 86400
    assert "takes no orders just now" in client.get(citizen.url).content.decode()
    closure.delete()
    sent = client.post(citizen.url, {"declared": "on", "privacy": "on"})
    assert sent.url == links.address("sent", order=Order.objects.get().pk)


def test_a_closure_for_a_year_keeps_a_draft_for_a_quarter(client, office):
    citizen = Citizen(client).as_far_as_check()
    close(office, days=366, takes_orders=False)
    client.post(citizen.url, {"declared": "on", "privacy": "on"})
    assert Draft.objects.get().expires_at.date() <= timezone.localdate() + timedelta(days=93)


def test_a_closure_is_a_year_at_most(office, english):
    today = timezone.localdate()
    closure = Closure(municipality=office, first_day=today, last_day=today + timedelta(days=367))
    with pytest.raises(ValidationError, match="Is the year right"):
        closure.full_clean()
