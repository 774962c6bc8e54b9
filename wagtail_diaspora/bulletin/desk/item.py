"""What an item's page says of the bulletin: what became there of an example."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wagtail_diaspora.dates import in_sentence
from wagtail_diaspora.municipalities.permissions import may
from wagtail_diaspora.rooms import ItemFact
from wagtail_diaspora.syndication.models import Edition, Item
from wagtail_diaspora.syndication.states import EditionState, Kind

from ..actions.telling import link_to
from ..models import Contribution, Issue
from .rights import CHANGE

__all__ = ["ITEM_FACTS"]


def in_bulletin(item: Item, *, editions: Iterable[Edition], user: Any) -> Iterator[ItemFact]:
    """Of an example that anybody may read; nothing where no bulletin was ever begun."""
    if not any(_is_public_example(edition) for edition in editions):
        return
    decided = Contribution.objects.filter(item=item).select_related("issue__municipality__site").first()
    if decided or Issue.objects.filter(municipality=item.municipality_id).exists():
        yield ItemFact(pgettext("diaspora", "Bulletin"), *_said(decided, user))


def _said(decided: Contribution | None, user: Any) -> tuple[str, str]:
    """A sentence, and the address of what it speaks of if this user may open it."""
    if decided is None:
        return _("Proposed to the bulletin"), ""
    issue = decided.issue
    if issue is None:
        return _("Passed over: not for the bulletin"), ""
    if issue.is_draft:
        desk = reverse("diaspora_bulletindesk:issue", args=[issue.pk])
        words = _("Stands in the issue “%(issue)s” (being put together)")
        return words % {"issue": issue}, desk if may(user, CHANGE, issue.municipality) else ""
    day = in_sentence(timezone.localdate(issue.published_at), get_language())
    words = _("Published in bulletin no. %(number)d on %(day)s")
    return words % {"number": issue.number, "day": day}, link_to(issue)


def _is_public_example(edition: Edition) -> bool:
    return edition.state == EditionState.PUBLIC and edition.kind == Kind.GOOD_PRACTICE


ITEM_FACTS = [in_bulletin]
