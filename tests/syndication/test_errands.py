"""What is called when its moment has come: politely, once, and told in words when it fails."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.joining import a_membership
from tests.syndication.web import Page
from wagtail_diaspora.syndication.actions import errands, membership_rounds
from wagtail_diaspora.syndication.models import Membership

pytestmark = pytest.mark.django_db

ROWS = Membership.objects


@pytest.fixture
def row(town, web):
    return a_membership(town, chain_url=web.url("/chain"), due_at=timezone.now())


def wait():
    return (ROWS.get().due_at - timezone.now()).total_seconds()


@pytest.mark.parametrize(
    ("page", "trouble", "seconds"),
    [
        (Page(status=503, headers={"Retry-After": "1800"}), "busy", 1800),
        (Page(status=429), "busy", 60),
        (Page(status=500), "server", 60),
        (Page(b"<html>"), "broken", 60),
        (Page(b"[1]"), "broken", 60),
        (Page(status=404), "no_hub", 60),
        (Page(status=401, headers={"WWW-Authenticate": "Basic realm=proxy"}), "server", 60),
        (Page(b"x" * 1_100_000), "large", 60),
    ],
)
def test_a_trouble_is_kept_in_words_and_tried_again(row, web, page, trouble, seconds):
    web.pages["/chain"] = page
    assert membership_rounds.call_hubs() == 0
    now = ROWS.get()
    assert (now.trouble, now.failures, now.state, now.last_heard_at) == (
        trouble,
        1,
        "member",
        row.last_heard_at,
    )
    assert wait() == pytest.approx(seconds, rel=0.15)
    assert membership_rounds.call_hubs() == 0 and len(web.asked) == 1  # not before its moment


def test_it_waits_longer_after_each_failure_and_an_hour_at_most(row, web):
    waits = []
    for _turn in range(8):
        ROWS.update(due_at=timezone.now())
        membership_rounds.call_hubs()
        waits.append(round(wait() / 60))
    assert waits[0] == 1 and waits[:6] == sorted(set(waits[:6])) and 60 <= waits[-1] <= 66


def test_a_token_is_shown_in_the_header_alone_and_to_nobody_elsewhere(row, web, caplog):
    web.pages["/chain"] = Page(status=302, headers={"Location": web.url("/elsewhere")})
    membership_rounds.call_hubs()
    (asked,) = web.asked
    assert asked.headers["Authorization"] == f"Bearer {row.token}" and row.token not in asked.path
    assert ROWS.get().trouble == "redirects" and row.token not in caplog.text


def test_a_round_that_went_well_forgets_the_trouble(row, web):
    said = b'{"newsrooms": ["a"], "own": [[0, []]], "lines": [], "cursor": "", "more": false}'
    web.pages["/chain"] = Page(said, etag='"1"')
    ROWS.update(trouble="busy", failures=3)
    assert membership_rounds.call_hubs() == 1
    now = ROWS.get()
    assert (now.trouble, now.failures, now.newsrooms, now.etag) == ("", 0, ["a"], '"1"')
    assert now.last_heard_at > row.last_heard_at and wait() == pytest.approx(630, abs=40)
    ROWS.update(due_at=timezone.now())
    assert membership_rounds.call_hubs() == 1 and web.asked[-1].headers["If-None-Match"] == '"1"'
    assert ROWS.get().newsrooms == ["a"]


def test_what_a_person_decides_meanwhile_is_seen_to_next(row):
    soon = timezone.now() + timedelta(seconds=5)

    def work(taken):
        assert errands.run(ROWS.all(), lambda _row: pytest.fail("taken already")) == 0
        ROWS.update(due_at=soon)
        return timezone.now() + timedelta(hours=1)

    assert errands.run(ROWS.all(), work) == 1 and ROWS.get().due_at == soon


def test_one_that_fails_holds_up_no_other_and_a_kill_gives_it_back(row):
    def work(taken):
        raise ValueError("whatever it is")

    assert errands.run(ROWS.all(), work) == 0 and ROWS.get().trouble == "unknown"
    ROWS.update(due_at=timezone.now())

    class Killed(BaseException):
        pass

    def die(taken):
        raise Killed

    with pytest.raises(Killed):
        errands.run(ROWS.all(), die)
    assert 0 < wait() <= errands.LEASE.total_seconds()
