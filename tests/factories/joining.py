"""Municipalities that have joined a hub, as each side knows it."""

from django.utils import timezone

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.models import HubLine, Item, Member, Membership


def a_member(hub: Municipality, **fields) -> Member:
    """Invited; what it publishes is shown at once."""
    facts = {"name": "Grad Primjer", "email": "press@example.org", "language": "bs", "rule": "at_once"}
    return Member.objects.create(municipality=hub, **{**facts, **fields})


def a_membership(town: Municipality, **fields) -> Membership:
    """Joined, heard of just now, and agreed on who sends to whom."""
    facts = {"address": "https://mreza.example.org/", "endpoint": "https://mreza.example.org/join"}
    facts |= {"chain_url": "https://mreza.example.org/chain", "hub_name": "Mreža Primjer", "language": "bs"}
    facts |= {"state": "member", "token": "x" * 40, "nonce_hash": "x", "told": [[0, []]], "due_at": None}
    facts["last_heard_at"] = timezone.now()
    return Membership.objects.create(municipality=town, **{**facts, **fields})


def a_hub_line(row: Membership, item: Item, **fields) -> HubLine:
    """Sent just now, as the hub says."""
    now = timezone.now()
    facts = {"name": str(HubLine.objects.count()), "hub": row.hub_name, "language": "bs", "version": 1}
    facts |= {"newsroom": "Radio Daleko", "mailbox": "m", "way": "mail", "kind": "new", "title": "Most"}
    facts |= {"state": "sent", "state_at": now, "created_at": now, "sent_at": now}
    return HubLine.objects.create(membership=row, item=item, **{**facts, **fields})
