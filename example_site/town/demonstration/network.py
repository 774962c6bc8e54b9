"""The network of the demonstration: its hub, which the towns join as they would from anywhere, over HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from threading import Thread

from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils import timezone
from wagtail.models import Page

from town.demonstration import news
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.syndication.actions import (
    invitations,
    joining,
    members,
    membership,
    membership_rounds,
    receiving,
    rounds,
)
from wagtail_diaspora.syndication.models import Delivery, HubLine, Member, Membership, RemoteSource, Rule
from wagtail_diaspora.syndication.states import MemberState

NAME = "Mreža općina i gradova"
INVITED = {"name": "Općina Primjer (ogled)", "email": "urednik@opcina.example.org", "language": "bs"}
ADDRESSES = {
    Member: ("site_url", "feed_url", "callback"),
    Membership: ("address", "endpoint", "chain_url"),
    RemoteSource: ("feed_url", "home_url", "hub_url", "self_url"),
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        """Nobody asked."""


def make(home: Page) -> str:
    """The national website, which belongs to no municipality; returns its name."""
    call_command(
        "diaspora_setup",
        municipality="hub",
        under=str(home.pk),
        name=NAME,
        kind="network",
        email="mreza@hub.example.org",
        verbosity=0,
        stdout=StringIO(),
    )
    news.add_partner(Municipality.objects.get(code="hub"), news.RADIO)
    return NAME


def is_met() -> bool:
    return HubLine.objects.exists()


def meet(towns: Mapping[str, Mapping]) -> None:
    """Taken up again where it was interrupted."""
    hub = Municipality.objects.get(code="hub")
    joining_towns = Municipality.objects.filter(code__in=towns).order_by("pk")
    with serving():
        for town in joining_towns:
            join(hub, town)
        for _round in range(2):
            membership_rounds.call_hubs()
            for member in Member.objects.asking():
                joining.accept(member, rule=Rule.AT_ONCE, user=None)
            members.call_members()
        membership_rounds.call_hubs()
        for happens in (news.begin, news.go_on):
            for town in joining_towns:
                happens(town)
            pass_on()
        answer(hub)
        news.publish_bulletin(hub)
        read_ledger()


def pass_on() -> None:
    """The towns tell, the hub reads it and tells; nobody wants to wait for what usually may be undone."""
    rounds.publish()
    RemoteSource.objects.update(next_due_at=timezone.now())
    rounds.read_others()
    rounds.tell()
    Delivery.objects.waiting().update(due_at=timezone.now())
    rounds.tell()
    deliver_due()
    rounds.tell()


def read_ledger() -> None:
    """What the hub says of the towns' news, which it says of lines that are a minute old."""
    Delivery.objects.update(noted_at=timezone.now() - timedelta(minutes=2))
    Membership.objects.update(due_at=timezone.now())
    membership_rounds.call_hubs()


def join(hub: Municipality, town: Municipality) -> None:
    """One town by a code of its invitation; another one by the hub's address, where a person says yes."""
    if Membership.objects.filter(municipality=town).exists():
        return
    pasted = f"{hub.root_url}/"
    if town.code == "sanski-most":
        member = Member.objects.create(
            municipality=hub, name=str(town), email=INVITED["email"], rule=Rule.AT_ONCE
        )
        invitations.invite(member, user=None)
        pasted = invitations.show_code(member)
        invitations.invite(Member.objects.create(municipality=hub, **INVITED), user=None)
    membership.join(town, pasted, user=None)


def answer(hub: Municipality) -> None:
    """The radio has aired one piece of news of each town, and says so."""
    told = Delivery.objects.filter(partner__municipality=hub, title__startswith=news.AIRED)
    for line in told:
        receiving.air(line, on=timezone.localdate())


def follow_port() -> None:
    """The addresses that hub and towns know of each other, where the demonstration serves elsewhere today."""
    known = Member.objects.filter(state=MemberState.JOINED).values_list("site_url", flat=True).first()
    before = (known or "").rpartition(":")[2].strip("/")
    if before in ("", settings.PORT):
        return
    old, new = Value(f".localhost:{before}"), Value(f".localhost:{settings.PORT}")
    for model, names in ADDRESSES.items():
        model.objects.update(**{name: Replace(F(name), old, new) for name in names})


@contextmanager
def serving() -> Iterator[None]:
    """All three sites, while they speak with each other for the first time."""
    server = ThreadedWSGIServer(("127.0.0.1", int(settings.PORT)), Quiet)
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
