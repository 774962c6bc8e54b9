"""What a municipality reads of its hub's ledger, and nobody else."""

import pytest
from django.utils import timezone

from tests.factories.joining import a_member
from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.syndication.joining.both_sides import RADIO, call_now, chain, joined, read_town
from tests.syndication.newsdesk import a_told_item, tell, tell_and_send
from wagtail_diaspora.syndication.actions import hub_lines, membership
from wagtail_diaspora.syndication.models import Delivery, HubLine, Member, Membership, RemoteSource

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


def test_nobody_sees_the_lines_of_another_member(hub, town, live_server, smtp):
    a_partner(hub, email=RADIO)
    _member, row = joined(hub, town)
    a_told_item(town, "Tajna vijest")
    read_town()
    tell_and_send()
    assert [line["title"] for line in chain(row.token).json()["lines"]] == ["Tajna vijest"]
    other = a_member(hub, name="Drugi", state="joined", confirmed_at=timezone.now(), site_url="https://d/")
    other.source = RemoteSource.objects.create(municipality=hub, feed_url="https://drugi.example.org/")
    other.token_hash = membership.secret_hash("drugi-token")
    other.save()
    assert chain("drugi-token").json()["lines"] == []
    for token in ("", "drugi", row.token[:-1], row.token + "x", member_hash()):
        answer = chain(token)
        assert answer.status_code == 401 and b"vijest" not in answer.content
    other.source.delete()
    assert chain("drugi-token").status_code == 401


def member_hash():
    return Member.objects.exclude(token_hash="").first().token_hash


def test_a_token_that_is_not_confirmed_yet_opens_nothing(hub, town):
    _member, row = joined(hub, town)
    Member.objects.update(confirmed_at=None)
    assert chain(row.token).status_code == 503
    Member.objects.update(confirmed_at=timezone.now(), source=None)
    assert chain(row.token).status_code in (401, 503)


@pytest.mark.parametrize("count", [1, 3])
def test_the_lines_cost_the_same_for_one_and_three(hub, town, count, django_assert_num_queries):
    _member, row = joined(hub, town)
    for number in range(count):
        a_partner(hub, email=f"r{number}@example.com")
        an_item(town, a_story(town, f"Vijest {number}"))
    tell()
    read_town()
    tell()
    assert Delivery.objects.count() == count * count
    chain(row.token)
    with django_assert_num_queries(7):
        assert len(chain(row.token).json()["lines"]) == count * count


def test_lines_come_in_pages_and_each_once(hub, town, monkeypatch):
    monkeypatch.setattr(hub_lines, "AT_ONCE", 2)
    _member, row = joined(hub, town)
    for number in range(5):
        a_partner(hub, email=f"r{number}@example.com")
    an_item(town)
    tell()
    read_town()
    tell()
    assert HubLine.objects.count() == 0
    call_now()
    assert HubLine.objects.count() == 5
    row.refresh_from_db()
    first = chain(row.token, row.cursor)
    assert first.json()["lines"] == [] and first.json()["cursor"] == row.cursor
    again = chain(row.token, row.cursor, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    Membership.objects.update(cursor="", etag="")
    call_now()
    assert HubLine.objects.count() == 5


def test_a_line_about_somebody_elses_item_is_left_out(hub, town):
    _member, row = joined(hub, town)
    other = an_item(a_town("treci.example.org"))
    now = timezone.now().isoformat()
    line = {"name": "1", "item": f"urn:uuid:{other.pk}", "version": 1, "way": "mail", "kind": "new"}
    line |= {"state": "sent", "state_at": now, "created_at": now, "newsroom": "x", "title": "x"}
    assert hub_lines.keep(row, [line, {**line, "item": None}, "x", {}]) == 0
    own = an_item(town)
    said = {**line, "item": f"urn:uuid:{own.pk}", "newsroom": "R" * 500 + "\0"}
    wrong = [{**said, "name": "2", "state": "arrived"}, {**said, "name": "3", "version": "1"}]
    assert hub_lines.keep(row, [said, *wrong, {**said, "name": "4", "created_at": "soon"}]) == 1
    assert HubLine.objects.get().newsroom == "R" * 120
    assert hub_lines.keep(row, None) == 0
