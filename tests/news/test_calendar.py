from datetime import UTC, datetime

import icalendar
import pytest
from wagtail.models import PageViewRestriction

from tests.factories.news import a_home, a_list, a_piece, an_event
from tests.factories.registrar import a_site

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 8, 1, 17, 0, tzinfo=UTC), datetime(2026, 8, 1, 20, 30, tzinfo=UTC)


def fetch(client, page, host="grad.example.org", method="get"):
    return getattr(client, method)(f"/diaspora/event/{page.pk}/calendar.ics", headers={"host": host})


def entry(response):
    assert response.status_code == 200 and response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return event


def test_a_calendar_reads_the_event(client, listing):
    page = an_event(
        listing, "Dani; dijaspore, 2026", starts_at=START, ends_at=END, summary="Čekamo vas.\nDođite!"
    )
    event = entry(fetch(client, page))
    assert event.decoded("dtstart") == START and event.decoded("dtend") == END
    assert str(event["summary"]) == "Dani; dijaspore, 2026"
    assert str(event["description"]) == "Čekamo vas.\nDođite!"
    assert str(event["location"]) == "Dom kulture, Glavna ulica 1, 79101 Primjer"
    assert str(event["url"]) == page.full_url


def test_a_changed_event_replaces_its_entry(client, listing):
    page = an_event(listing, starts_at=START)
    before = entry(fetch(client, page))
    page.title, page.starts_at = "Premješteno", END
    page.save_revision().publish()
    after = entry(fetch(client, page))
    assert before["uid"] == after["uid"] and "dtend" not in after
    assert str(after["summary"]) == "Premješteno" and after.decoded("dtstamp") >= before.decoded("dtstamp")


def test_only_what_everybody_may_see_has_a_file(client, listing):
    page = an_event(listing)
    assert fetch(client, page, method="post").status_code == 405
    assert fetch(client, a_piece(listing)).status_code == 404
    restriction = PageViewRestriction.objects.create(page=listing, restriction_type="login")
    assert fetch(client, page).status_code == 404
    restriction.delete()
    assert fetch(client, page).status_code == 200
    page.unpublish()
    assert fetch(client, page).status_code == 404
    page.delete()
    assert fetch(client, page).status_code == 404


def test_an_event_has_no_file_on_another_site(client, listing):
    a_site("drugi.example.org")
    theirs = an_event(a_list(a_home("treci.example.org")))
    assert fetch(client, theirs).status_code == 404
    assert fetch(client, theirs, host="treci.example.org").status_code == 200
    assert fetch(client, an_event(listing), host="treci.example.org").status_code == 404
