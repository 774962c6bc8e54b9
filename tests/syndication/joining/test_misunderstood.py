"""What nobody can understand is refused on both sides."""

import json

import pytest
from django.test import Client

from tests.syndication.joining.both_sides import chain, joined, states
from wagtail_diaspora.syndication.models import Member, Membership

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_to_loopback")]


HALF = "\ud800" * 30


def post(where, said, **headers):
    return Client(raise_request_exception=False).post(
        where, json.dumps(said), content_type="application/json", headers=headers
    )


def test_halves_of_characters_are_refused(hub, town):
    said = {"name": "Grad", "email": "x@example.org", "nonce": "n" * 40, "site": "https://g.example.org"}
    said |= {name: f"https://g.example.org/{name}" for name in ("feed", "callback")}
    for name in ("name", "nonce", "code", "callback"):
        wrong = {**said, name: said.get(name, "") + HALF}
        assert post(f"/diaspora/join/{hub.code}/", wrong).status_code == 400
    where = f"/diaspora/membership/{Membership(municipality=town).pk}/"
    assert post(where, {"nonce": HALF, "state": "left"}).status_code == 400
    assert not Member.objects.exists()


@pytest.mark.parametrize("since", [None, 5, [], {}, "", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_moment_is_refused(hub, town, since):
    _member, row = joined(hub, town)
    said = {"newsrooms": [], "since": since, "leave": True}
    answer = post("/diaspora/chain/", said, authorization=f"Bearer {row.token}")
    assert answer.status_code == 400 and states() == ("joined", "member")
    if isinstance(since, str):
        assert chain(row.token, f"{since}~1").status_code == 200
