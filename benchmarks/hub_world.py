"""A hub as it is after some months: its sources read over HTTP, its newsrooms, and their ledger."""

import random
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.factories.syndication import a_hub, a_partner
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.syndication.actions import rounds, telling
from wagtail_diaspora.syndication.actions.membership import secret_hash
from wagtail_diaspora.syndication.models import Delivery, Edition, Member, RemoteSource, Rule

from . import hub_towns

NEWSROOMS = (
    {"name": "Radio Primjer", "daily_limit": 200},
    {"name": "Portal Primjer", "way": "feed"},
    {"name": "Novine Primjer", "pace": "daily", "languages": ["bs", "hr"]},
    {"name": "Радио Пример", "script": "cyrillic", "languages": ["bs", "sr", "sr-latn"]},
    {"name": "Televizija Primjer", "attaches_picture": True},
    {"name": "Sport Primjer", "topics": ["sport"]},
    {"name": "Gospodarstvo Primjer", "topics": ["investicije", "poslovi"], "pace": "daily"},
    {"name": "Zeitung Beispiel", "languages": ["de"]},
    {"name": "Agencija Primjer", "way": "feed", "script": "cyrillic", "topics": ["kultura", "zivot"]},
    {"name": "Glasnik Primjer", "script": "latin", "languages": ["sr"], "daily_limit": 5},
)
DAYS = 90
BECAME = ("sent",) * 60 + ("accepted",) * 15 + ("fetched",) * 12 + ("confirmed",) * 8 + ("aired",) * 4
BECAME += ("cancelled", "bounced")
MOMENTS = {"sent": "sent_at", "accepted": "accepted_at", "fetched": "fetched_at", "confirmed": "confirmed_at"}


def build(towns: int, port: int) -> None:
    """Nobody is told of what the first reading brings: what newsrooms got before is laid as it would be."""
    hub = a_hub()
    for code in hub_towns.TOPICS:
        Topic.objects.get_or_create(code=code, defaults={"name": {"bs": code.capitalize()}})
    get_user_model().objects.create_superuser("keeper", "keeper@example.org", "keeper")
    for town in range(towns):
        _join(hub, town, towns, port)
    while RemoteSource.objects.filter(last_checked_at=None).exists():
        rounds.read_others()
    rounds.publish()
    telling.note_changes()
    for chosen in NEWSROOMS:
        topics = Topic.objects.filter(code__in=chosen.get("topics", ()))
        partner = a_partner(hub, **{name: chosen[name] for name in chosen if name != "topics"})
        partner.topics.set(topics)
        partner.deliveries.bulk_create(_lines(partner), batch_size=2000)
    rounds.publish()


def _join(hub, town: int, towns: int, port: int) -> None:
    url, name = hub_towns.address(town, port), f"Općina Primjer {town}"
    source = RemoteSource.objects.create(
        municipality=hub, feed_url=url, home_url=url, name=name, rule=Rule.AT_ONCE
    )
    facts = {"name": name, "email": f"grad{town}@example.org", "feed_url": url, "source": source}
    if hub_towns.is_member(town, towns):
        facts |= {"site_url": url, "callback": f"{url}/callback", "token_hash": secret_hash(token(town))}
        facts |= {"own": [[0, []]]}
    now = timezone.now()
    Member.objects.create(
        municipality=hub, state="joined", language="bs", confirmed_at=now, rule=Rule.AT_ONCE, **facts
    )


def token(town: int) -> str:
    return f"token-of-the-town-{town}"


def _lines(partner):
    chance, now = random.Random(partner.pk), timezone.now()
    for edition in Edition.objects.select_related("item").defer("words").iterator(2000):
        state, at = chance.choice(BECAME), now - timedelta(days=DAYS * chance.random())
        facts = {MOMENTS.get(state, "sent_at"): at, "sent_at": None if state == "cancelled" else at}
        if state == "bounced":
            facts["bounced_at"] = at
        if state == "aired":
            facts["aired_on"] = at.date()
        yield Delivery(
            partner=partner,
            edition=edition,
            version=edition.version,
            number=edition.number,
            kind="new",
            way=partner.way,
            title=edition.title[:250],
            state=state,
            message_key=f"news:{partner.pk}:{edition.pk}:1" if partner.way == "mail" else "",
            **dict.fromkeys(("state_at", "created_at", "noted_at", "due_at"), at),
            **facts,
        )
