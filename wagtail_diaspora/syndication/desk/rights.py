"""Who may decide about a page: whoever may edit it, and mark pages for the municipality of its Site."""

from typing import Any

from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.permissions import may

from ..actions.marking import municipality_of

__all__ = ["MARK", "decider"]

MARK = "diaspora_syndication.change_item"


def decider(user: Any, page: Page) -> Municipality | None:
    """The municipality for which this user may decide about the page; None if there is none."""
    if not may(user, MARK) or page.is_root() or not page.permissions_for_user(user).can_edit():
        return None
    municipality = municipality_of(page)
    return municipality if municipality and may(user, MARK, municipality) else None
