"""What is decided about sources and about news of others, one and many."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin import messages

from wagtail_diaspora.municipalities.viewsets.bulk import MunicipalityBulkAction

from ..actions import moderating
from ..models import RemoteItem, RemoteSource, RemoteState, SourceState
from .remote_filters import ITEM_SEARCH, SOURCE_SEARCH, ItemFilters, SourceFilters

__all__ = ["ITEM_ACTIONS", "SOURCE_ACTIONS", "DecisionBulkAction"]

MOVED = Q(state=SourceState.ASKS) & ~Q(proposed_url="")


class DecisionBulkAction(MunicipalityBulkAction):
    """`decide` takes rows and the user, and returns how many changed; `fits` says of a row what `fitting`
    asks the database."""

    decide: Callable[..., int]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if not self.is_about_all:
                raise
            messages.info(request, _("There is nothing to change."))
            return redirect(self.next_url)

    @classmethod
    def execute_action(cls, objects: list[Any], *, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        return cls.decide(objects, user=user), 0

    @classmethod
    def fits(cls, row: Any) -> bool:
        return True


class ItemBulkAction(DecisionBulkAction):
    models = [RemoteItem]
    filterset_class = ItemFilters
    search_fields = ITEM_SEARCH

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d piece of news was changed.",
            "%(count)d pieces of news were changed.",
            num_parent_objects,
        )
        return words % {"count": num_parent_objects}


class ShowBulkAction(ItemBulkAction):
    display_name = pgettext_lazy("news of others", "Show")
    action_type = "show"
    aria_label = _("Show the chosen news on the website")
    question = _("Do you want to show this news on your website?")
    decide = moderating.show

    @classproperty
    def fitting(cls) -> Q:
        return Q(pk__in=RemoteItem.objects.showable())

    @classmethod
    def fits(cls, row: RemoteItem) -> bool:
        waits = row.state in (RemoteState.WAITING, RemoteState.HIDDEN)
        return waits and bool(row.digest) and not row.is_embargoed


class HideBulkAction(ItemBulkAction):
    display_name = pgettext_lazy("news of others", "Do not show")
    action_type = "hide"
    action_priority = 110
    aria_label = _("Do not show the chosen news")
    question = _("Do you want to leave this news out? It disappears from your website at once.")
    decide = moderating.hide
    states = (RemoteState.WAITING, RemoteState.SHOWN)
    fitting = Q(state__in=states)

    @classmethod
    def fits(cls, row: RemoteItem) -> bool:
        return row.state in cls.states


class SourceBulkAction(DecisionBulkAction):
    models = [RemoteSource]
    filterset_class = SourceFilters
    search_fields = SOURCE_SEARCH

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d source was changed.", "%(count)d sources were changed.", num_parent_objects
        )
        return words % {"count": num_parent_objects}


class FollowBulkAction(SourceBulkAction):
    display_name = _("Read at the new address")
    action_type = "follow"
    action_priority = 90
    aria_label = _("Read the chosen sources at their new addresses")
    question = _("Do you want to read these feeds at their new addresses from now on?")
    decide = moderating.follow
    fitting = MOVED

    @classmethod
    def fits(cls, row: RemoteSource) -> bool:
        return row.has_moved


class StayBulkAction(FollowBulkAction):
    display_name = _("Stay at the old address")
    action_type = "stay"
    action_priority = 95
    aria_label = _("Go on reading the chosen sources at their old addresses")
    question = _("Do you want to go on reading these feeds at their old addresses?")
    decide = moderating.stay


class ReadNowBulkAction(SourceBulkAction):
    display_name = pgettext_lazy("source of news", "Read now")
    action_type = "read_now"
    aria_label = _("Read the chosen sources now")
    question = _("Do you want to read these sources again within minutes?")
    decide = moderating.read_now
    fitting = (Q(state=SourceState.ACTIVE) | MOVED) & ~Q(body_hash="", next_due_at__lte=Now())

    @classmethod
    def fits(cls, row: RemoteSource) -> bool:
        """Unless it is what is done next anyway."""
        is_next = not row.body_hash and row.next_due_at <= timezone.now()
        return (row.state == SourceState.ACTIVE or row.has_moved) and not is_next


class PauseBulkAction(SourceBulkAction):
    display_name = pgettext_lazy("source of news", "Pause")
    action_type = "pause"
    action_priority = 110
    aria_label = _("Pause the chosen sources")
    question = _(
        "Do you want to pause these sources? News that is there stays, and its corrections are not read."
    )
    decide = moderating.pause
    fitting = ~Q(state=SourceState.PAUSED)

    @classmethod
    def fits(cls, row: RemoteSource) -> bool:
        return row.state != SourceState.PAUSED


class ResumeBulkAction(SourceBulkAction):
    display_name = pgettext_lazy("source of news", "Resume")
    action_type = "resume"
    action_priority = 120
    aria_label = _("Resume the chosen sources")
    question = _("Do you want to read these sources again?")
    decide = moderating.resume
    fitting = Q(state=SourceState.PAUSED) | Q(state=SourceState.ASKS, proposed_url="") | Q(takes_new=False)

    @classmethod
    def fits(cls, row: RemoteSource) -> bool:
        is_gone = row.state == SourceState.ASKS and not row.proposed_url
        return row.state == SourceState.PAUSED or is_gone or not row.takes_new


ITEM_ACTIONS = (ShowBulkAction, HideBulkAction)
SOURCE_ACTIONS = (FollowBulkAction, StayBulkAction, ReadNowBulkAction, PauseBulkAction, ResumeBulkAction)
