"""What a municipality's website says to its hub, and reads there, when the clock runs.

Public API: `call_hubs`.
"""

import secrets
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urljoin

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.models import Municipality

from .. import addresses, reading
from ..formats import FORMATS
from ..models import ChainTrouble, Change, Channel, Membership, turns
from ..states import ChangeKind, MembershipState
from . import calling, hub_lines
from .building import Speaker
from .catching_up import take_back
from .counting import next_moment
from .errands import CallFailed, run, soon
from .membership import ended_there, read_after, secret_hash, unread_there
from .senders import UNREAD, leave_untold, newsrooms_of

__all__ = ["call_hubs"]

ROUND = 600
"""Seconds between two readings of a hub's ledger."""
PAGES = 20
GIVES_UP = 20


def call_hubs() -> int:
    return run(Membership.objects.select_related("municipality__site__root_page__locale"), _call)


def _call(row: Membership) -> datetime | None:
    if row.token and not row.is_member:
        _say_goodbye(row)
    calls = {MembershipState.ASKED: _ask, MembershipState.MEMBER: _round}
    return calls[row.state](row) if row.state in calls else None


def _say_goodbye(row: Membership) -> None:
    """What the hub has not sent yet, and we have since, it leaves out."""
    own, since = newsrooms_of(row.municipality), row.switched_at or row.state_at
    said = {"leave": True, "newsrooms": sorted(own), "since": since.isoformat()}
    try:
        noted = calling.tell(row.chain_url, said, token=row.token, asked_by=row.municipality.root_url)
    except CallFailed as error:
        if error.code != ChainTrouble.STRANGER and row.failures < GIVES_UP:
            raise
        noted = {}
    _part(row, noted.get("read"))


@retry_when_locked
@transaction.atomic
def _part(row: Membership, read: Any) -> None:
    _keep(row, token=None, nonce_hash="")
    unread_there(row, read)


def _ask(row: Membership) -> None:
    """The nonce is kept before it is said, and is another one each time."""
    town = row.municipality
    if not town.root_url:
        raise CallFailed(ChainTrouble.WEBSITE)
    endpoint, nonce, language = row.endpoint or _find(row), secrets.token_urlsafe(32), _language(town)
    _keep(row, endpoint=endpoint, nonce_hash=secret_hash(nonce), language=language)
    publisher = Speaker.of(town, language).publisher
    feed = addresses.file_path(town.code, language, addresses.ALL, FORMATS["feed"])
    said = {
        "name": publisher.name,
        "email": publisher.email,
        "site": town.root_url,
        "feed": urljoin(town.root_url, addresses.feed(feed)),
        "callback": urljoin(town.root_url, addresses.membership(row.pk)),
        "nonce": nonce,
        "code": row.code or "",
    }
    calling.tell(endpoint, said, asked_by=town.root_url)
    _keep(row, state=MembershipState.WAITING, state_at=timezone.now(), code=None)


def _find(row: Membership) -> str:
    page = calling.page(row.address, asked_by=row.municipality.root_url)
    endpoint = reading.find_hub(page.body, url=page.url, headers=page.headers)
    if not endpoint or len(endpoint) > 1000:
        raise CallFailed(ChainTrouble.NO_HUB)
    return endpoint


def _language(town: Municipality) -> str:
    """Of the website; of its news, where there is none in that language."""
    own = town.site.root_page.locale.language_code.lower()
    told = list(Channel.objects.filter(municipality=town).order_by("pk").values_list("language", flat=True))
    return own if own in told or not told else told[0]


def _round(row: Membership) -> datetime | None:
    try:
        _read_on(row)
        _say_own(row)
    except CallFailed as error:
        if error.code != ChainTrouble.STRANGER:
            raise
        if row.failures < UNREAD:  # it may be about to say what it leaves to us
            raise CallFailed(ChainTrouble.UNKNOWN) from None
        ended_there(row)
        return None
    _keep(row, last_heard_at=timezone.now())
    return soon(ROUND)


def _read_on(row: Membership) -> None:
    for _page in range(PAGES):
        url = f"{row.chain_url}?{urlencode({'after': row.cursor})}" if row.cursor else row.chain_url
        asked = {"token": row.token, "etag": row.etag, "asked_by": row.municipality.root_url}
        said, etag = calling.ask(url, **asked)
        if said is None:
            return
        _take_over(row, said, etag)
        if not said.get("more"):
            return


@retry_when_locked
@transaction.atomic
def _take_over(row: Membership, said: dict[str, Any], etag: str) -> None:
    """The lines and how far they were read, together. What the hub has noted of us is as it says itself:
    an answer may have been lost, or a backup restored. Where it reads us no more, we tell what it has not
    read."""
    hub_lines.keep(row, said.get("lines"))
    cursor = said.get("cursor")
    cursor = cursor if isinstance(cursor, str) and 0 < len(cursor) <= 80 else row.cursor
    newsrooms = [digest for digest in said.get("newsrooms") or () if isinstance(digest, str)]
    facts = {"newsrooms": newsrooms, "told": turns.read(said.get("own"))}
    facts |= {"cursor": cursor, "etag": etag if cursor == row.cursor else ""}
    left, unread = set(row.newsrooms) & newsrooms_of(row.municipality), read_after(said.get("read"))
    if row.hands_over and unread and left and not newsrooms:
        _keep(row, **facts, switched_at=unread)
        take_back(row, Q(public_since__gte=unread), left)
    else:
        _keep(row, **facts)


def _say_own(row: Membership) -> None:
    """Which newsrooms we serve ourselves; only once the hub knows it, the others are left to it."""
    own = newsrooms_of(row.municipality)
    own = sorted(own - set(row.newsrooms) if row.hands_over else own)
    if own == turns.last(row.told):
        return
    since = row.switched_at or next_moment(row.municipality, row.language)
    said = {"newsrooms": own, "since": since.isoformat()}
    noted = calling.tell(row.chain_url, said, token=row.token, asked_by=row.municipality.root_url)
    _take_note(row, turns.read(noted.get("own")), since)


@retry_when_locked
@transaction.atomic
def _take_note(row: Membership, told: turns.Turns, since: datetime) -> None:
    """What was told while we spoke, and the hub now tells, does not wait here any more."""
    _keep(row, told=told, switched_at=None, etag="")
    later = Change.objects.filter(edition=OuterRef("edition"), kind=ChangeKind.NEW, at__gte=since)
    of_feed = Q(Exists(later), edition__language=row.language)
    leave_untold(row.municipality_id, row.handed_over_at(since), of_feed)


@retry_when_locked
def _keep(row: Membership, **facts: Any) -> None:
    """Unless somebody has decided otherwise meanwhile: then the next call sees to it."""
    same = Membership.objects.filter(pk=row.pk, state=row.state, hands_over=row.hands_over)
    if not same.filter(due_at=row.due_at).update(**facts):
        raise CallFailed(ChainTrouble.UNKNOWN)
    for name, value in facts.items():
        setattr(row, name, value)
