"""What is decided about many members of a hub at once; each is logged, and its website told, by itself."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from ..actions import invitations, joining
from ..models import Member
from ..states import MemberState
from .remote_bulk import DecisionBulkAction
from .remote_filters import MEMBER_SEARCH, MemberFilters

__all__ = ["MEMBER_ACTIONS"]


def each(action: Callable[..., bool], members: Iterable[Member], *, user: Any) -> int:
    return sum(action(member, user=user) for member in members)


def accept(member: Member, *, user: Any) -> bool:
    return joining.accept(member, rule=member.rule, user=user)


class MemberBulkAction(DecisionBulkAction):
    models = [Member]
    filterset_class = MemberFilters
    search_fields = MEMBER_SEARCH
    state: MemberState

    @classproperty
    def fitting(cls) -> Q:
        return Q(state=cls.state)

    @classmethod
    def fits(cls, row: Member) -> bool:
        return row.state == cls.state

    def object_context(self, obj: Member) -> dict[str, Any]:
        """With its address: anybody may ask in any name."""
        return {**super().object_context(obj), "about": obj.site_url or obj.feed_url or obj.email}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d member of the hub was changed.",
            "%(count)d members of the hub were changed.",
            num_parent_objects,
        )
        return words % {"count": num_parent_objects}


class AcceptBulkAction(MemberBulkAction):
    display_name = pgettext_lazy("member of the hub", "Yes, they join")
    action_type = "accept"
    aria_label = _("Say yes to the chosen municipalities that ask to join")
    question = _("Do you say yes to these? Look at their websites first; then each has to confirm it itself.")
    decide = partial(each, accept)
    state = MemberState.ASKS


class RefuseBulkAction(MemberBulkAction):
    display_name = pgettext_lazy("member of the hub", "Refuse")
    action_type = "refuse"
    action_priority = 110
    aria_label = _("Refuse the chosen municipalities that ask to join")
    question = _("Do you refuse these? Their websites are told.")
    decide = partial(each, joining.refuse)
    state = MemberState.ASKS


class InviteAgainBulkAction(MemberBulkAction):
    display_name = pgettext_lazy("member of the hub", "Invite again")
    action_type = "invite_again"
    action_priority = 120
    aria_label = _("Invite the chosen municipalities again")
    question = _("Do you want to invite these again? Each gets a new link, and the old ones end.")
    decide = partial(each, invitations.invite_again)
    state = MemberState.INVITED


class RemoveBulkAction(MemberBulkAction):
    display_name = pgettext_lazy("member of the hub", "Remove")
    action_type = "remove"
    action_priority = 130
    aria_label = _("End the membership of the chosen municipalities")
    question = _(
        "Do you want to end these memberships? "
        "Their websites are told, and nothing new of theirs is taken over."
    )
    decide = partial(each, joining.remove)
    state = MemberState.JOINED


MEMBER_ACTIONS = (AcceptBulkAction, RefuseBulkAction, InviteAgainBulkAction, RemoveBulkAction)
