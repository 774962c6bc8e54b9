"""What becomes of a partner: invited by an editor, confirmed by itself, paused, ended, with new links.

Public API: `invite`, `ask_again`, `choose`, `confirm`, `pause`, `resume`, `leave`, `renew_links`.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs
from wagtail_diaspora.outbox.actions import post_mail

from ..models import Channel, Delivery, FeedFile, Partner
from ..states import PartnerState
from .choosing import follow_choice
from .inviting import invitation

__all__ = ["ask_again", "choose", "confirm", "invite", "leave", "pause", "renew_links", "resume"]

FOLLOWS: dict[PartnerState, tuple[PartnerState, ...]] = {
    PartnerState.CONFIRMED: (PartnerState.INVITED, PartnerState.PAUSED, PartnerState.ENDED),
    PartnerState.PAUSED: (PartnerState.CONFIRMED,),
    PartnerState.ENDED: (PartnerState.INVITED, PartnerState.CONFIRMED, PartnerState.PAUSED),
}


@retry_when_locked
@transaction.atomic
def invite(partner: Partner, *, user: Any) -> None:
    """Nothing is told to a mailbox before somebody there has confirmed it."""
    post_mail(**invitation(partner))
    _log(partner, "invited", user)


@retry_when_locked
@transaction.atomic
def choose(partner: Partner, save: Callable[[], Partner], *, by_itself: bool = False) -> Partner:
    """`save` writes what is chosen; nothing leaves for the partner until all that follows is written too.

    Whoever chooses by itself, at its own page, has confirmed its address.
    """
    Partner.objects.filter(pk=partner.pk).hold()
    chosen = save()
    settle_choice(chosen)
    if by_itself and chosen.state == PartnerState.INVITED:
        confirm(chosen)
    return chosen


def confirm(partner: Partner) -> bool:
    """By the button on its own page, also when it comes back."""
    return _go(partner, PartnerState.CONFIRMED, user=None, confirmed_at=timezone.now())


def pause(partner: Partner, *, user: Any = None) -> bool:
    """What it got already is corrected when it goes on."""
    return _go(partner, PartnerState.PAUSED, user=user)


def resume(partner: Partner, *, user: Any = None) -> bool:
    """Only what was paused: an editor cannot confirm a mailbox for somebody."""
    if partner.state != PartnerState.PAUSED:
        return False
    return _go(partner, PartnerState.CONFIRMED, user=user)


@retry_when_locked
@transaction.atomic
def leave(partner: Partner, *, user: Any = None) -> bool:
    """What waits is not sent should it come back."""
    left = _go(partner, PartnerState.ENDED, user=user)
    if left:
        Partner.objects.filter(pk=partner.pk).update(catch_up_from=None)
        Delivery.objects.waiting().filter(partner=partner).cancel()
    return left


@retry_when_locked
@transaction.atomic
def renew_links(partner: Partner, *, user: Any) -> None:
    """Every link and feed address that it has ends; the new ones go to its mailbox."""
    Partner.objects.filter(pk=partner.pk).update(generation=F("generation") + 1)
    settle_choice(partner)
    partner.refresh_from_db(fields=["generation"])
    post_mail(**invitation(partner))
    _log(partner, "links", user)


@retry_when_locked
@transaction.atomic
def ask_again(partner: Partner, *, user: Any) -> None:
    """It has another mailbox: its links end, and it is invited there."""
    Partner.objects.filter(pk=partner.pk).update(state=PartnerState.INVITED, state_at=timezone.now())
    partner.state = PartnerState.INVITED
    renew_links(partner, user=user)


def settle_choice(partner: Partner) -> None:
    """Its feed is written anew, in the caller's transaction, which holds it; the old bytes are nobody's any
    more. What waits for it follows."""
    follow_choice(partner)
    FeedFile.objects.filter(partner=partner).delete()
    anew = uuid4().hex  # which no round under way has read
    Channel.objects.filter(municipality=partner.municipality_id).update(rendered=anew)


@retry_when_locked
@transaction.atomic
def _go(partner: Partner, state: PartnerState, *, user: Any, **facts: Any) -> bool:
    """False where it stood so already."""
    facts |= {"state": state, "state_at": timezone.now()}
    if not Partner.objects.filter(pk=partner.pk, state__in=FOLLOWS[state]).update(**facts):
        return False
    for name, value in facts.items():
        setattr(partner, name, value)
    settle_choice(partner)
    _log(partner, state, user)
    return True


def _log(partner: Partner, action: str, user: Any) -> None:
    name = f"diaspora_syndication.partner_{action}"
    logs.log(partner, name, user=user, municipality=partner.municipality)
