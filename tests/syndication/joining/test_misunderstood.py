"""What nobody can understand is refused on both sides."""

import json

import pytest
from django.test import Client

from tests.syndication.joining.both_sides import chain, joined, states
from wagtail_diaspora.syndication.forms.joining import JoinForm, OwnForm, StateForm
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


DEEP = "[" * 10_000


@pytest.mark.parametrize("said", [{"untold": DEEP}, {"untold": "x"}, {"read": True}, {"read": []}])
def test_what_is_nested_without_end_is_refused_by_the_town(town, said):
    where = f"/diaspora/membership/{Membership(municipality=town).pk}/"
    assert post(where, {"nonce": "x", "state": "left", **said}).status_code == 400


def test_what_is_nested_without_end_is_refused_by_the_hub(hub, town):
    _member, row = joined(hub, town)
    said = {"newsrooms": DEEP, "since": "2026-01-01T00:00:00+00:00"}
    assert post("/diaspora/chain/", said, authorization=f"Bearer {row.token}").status_code == 400
    body = f'{{"nonce": "x", "state": "left", "untold": {DEEP}'
    ask = Client(raise_request_exception=False).post
    for where in (f"/diaspora/join/{hub.code}/", f"/diaspora/membership/{row.pk}/"):
        assert ask(where, body, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    ("form", "names"), [(StateForm, "state read untold"), (JoinForm, "email"), (OwnForm, "newsrooms")]
)
def test_what_could_just_be_read_is_not_written_out(form, names):
    deep = []
    for _level in range(5000):
        deep = [deep]
    assert set(names.split()) <= set(form(dict.fromkeys(names.split(), deep)).errors)
