"""The part of an item's page that says what partners got of it, with undo and again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_diaspora import rooms
from wagtail_diaspora.rooms import ItemFact

from ..actions import redelivering, telling
from ..actions.unheard import telling_hub
from ..models import Change, Delivery, Edition, HubLine, Item
from ..states import AT_ONCE_TOLD, DeliveryState, Way

__all__ = ["CHANGES", "facts_of", "ledger_of"]

LINES_SHOWN = 200
CHANGES_SHOWN = 30


def facts_of(item: Item | None, user: Any) -> dict[str, Any]:
    """Where it stands, what was told, its ledger, and what became of it in rooms above."""
    changes = Change.objects.filter(edition__item=item).select_related("edition")
    editions = list(item.editions.order_by("language")) if item else []
    return {
        "editions": editions,
        "elsewhere": list(_elsewhere(item, editions, user)) if item else (),
        "changes": changes.order_by("-at", "-pk")[:CHANGES_SHOWN] if item else (),
        **ledger_of(item),
    }


def _elsewhere(item: Item, editions: list[Edition], user: Any) -> Iterator[ItemFact]:
    for facts in rooms.collect("diaspora_item_facts"):
        yield from facts(item, editions=editions, user=user)


def ledger_of(item: Item | None) -> dict[str, Any]:
    """Newest first. `undoable` says until when nothing has left."""
    if item is None:
        return {"lines": [], "hub_lines": [], "undoable": None, "silent_hub": None}
    lines = Delivery.objects.filter(edition__item=item).select_related("partner", "edition")
    lines = list(lines.order_by("-version", "edition__language", "partner__name")[:LINES_SHOWN])
    through = HubLine.objects.told().filter(item=item).order_by("-version", "language", "newsroom", "pk")
    hub_lines = list(through[:LINES_SHOWN])
    silent_hub = None if hub_lines else telling_hub(item)
    facts = {"lines": lines, "hub_lines": hub_lines, "silent_hub": silent_hub}
    return {**facts, "undoable": _undoable(lines)}


def _undoable(lines: list[Delivery]) -> datetime | None:
    return min((line.due_at for line in lines if _can_wait(line)), default=None)


def _can_wait(line: Delivery) -> bool:
    """News may stay untold; a correction or withdrawal is owed to whoever got it."""
    is_mail = line.state == DeliveryState.WAITING and line.way == Way.MAIL
    return is_mail and line.kind not in AT_ONCE_TOLD


def undo(item: Item, request: HttpRequest) -> str:
    if telling.undo(item, user=request.user):
        return _("No partner is told. Feeds go on.")
    return _("It is too late: it has gone out already.")


def again(item: Item, request: HttpRequest) -> str:
    chosen = [key for key in request.POST.getlist("line") if key.isdecimal()]
    lines = Delivery.objects.filter(edition__item=item, pk__in=chosen)
    count = redelivering.redeliver(lines, user=request.user)
    words = ngettext("%(count)d delivery goes out again.", "%(count)d deliveries go out again.", count)
    return words % {"count": count}


CHANGES = {"undo": undo, "again": again}
