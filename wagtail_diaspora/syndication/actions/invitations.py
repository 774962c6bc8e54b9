"""A hub invites municipalities: by a mail with a link, and by a code that its page shows.

Public API: `address_of`; `invite`, `invite_again`, `withdraw`; `show_code`, `join_by_address`.
"""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.logs import log
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import post_mail

from .. import addresses
from ..models import Member
from ..states import MemberState
from .inviting import hub_invitation
from .joining import begin
from .membership import secret_hash

__all__ = ["address_of", "invite", "invite_again", "join_by_address", "show_code", "withdraw"]


def address_of(hub: Municipality) -> str:
    """Where one reads what it is, and asks to join."""
    return hub.root_url + addresses.join(hub.code)


@retry_when_locked
@transaction.atomic
def invite(member: Member, *, user: Any) -> None:
    """Of a row that is new."""
    member.invited_at = timezone.now()
    member.save(update_fields=["invited_at"])
    post_mail(**hub_invitation(member))
    _log(member, "invited", user)


@retry_when_locked
@transaction.atomic
def invite_again(member: Member, *, user: Any) -> bool:
    """A new link; the earlier one and its code end."""
    invited = Member.objects.filter(pk=member.pk, state=MemberState.INVITED)
    if not invited.update(invited_at=timezone.now(), code_hash=""):
        return False
    invite(Member.objects.get(pk=member.pk), user=user)
    return True


@retry_when_locked
@transaction.atomic
def withdraw(member: Member, *, user: Any) -> bool:
    """The link and the code end with the row."""
    if not Member.objects.filter(pk=member.pk, state=MemberState.INVITED).delete()[0]:
        return False
    _log(member, "withdrawn", user)
    return True


@retry_when_locked
def show_code(member: Member) -> str | None:
    """What is pasted at their website; only its digest stays, so a second one ends the first."""
    code = secrets.token_urlsafe(24)
    invited = Member.objects.filter(pk=member.pk, state=MemberState.INVITED)
    if not invited.update(code_hash=secret_hash(code)):
        return None
    return f"{address_of(member.municipality)}#{code}"


@retry_when_locked
@transaction.atomic
def join_by_address(member: Member, feed_url: str) -> bool:
    """A website of any kind: its feed is read, and nothing is handed over."""
    joined = Member.objects.filter(pk=member.pk, state=MemberState.INVITED)
    if not joined.update(state=MemberState.JOINED, state_at=timezone.now(), feed_url=feed_url, code_hash=""):
        return False
    begin(Member.objects.select_related("municipality").get(pk=member.pk))
    return True


def _log(member: Member, action: str, user: Any) -> None:
    name = f"diaspora_syndication.member_{action}"
    log(member, name, user=user, municipality=member.municipality)
