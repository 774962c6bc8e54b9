"""Many pages at once, from Wagtail's own listing and search."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from ..actions import marking
from .rights import decider


class MarkBulkAction(PageBulkAction):
    display_name = _("For the diaspora")
    aria_label = _("Mark the selected pages for the diaspora")
    action_type = "diaspora"
    action_priority = 120
    template_name = "diaspora_syndication/desk/confirm_bulk.html"

    def check_perm(self, page: Page) -> bool:
        return decider(self.request.user, page) is not None

    @classmethod
    def execute_action(cls, objects: Iterable[Page], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Returns what Wagtail asks for: how many pages, and how many below them."""
        count = 0
        for page in objects:
            if municipality := decider(user, page):
                marking.mark(page, municipality=municipality, user=user)
                count += 1
        return count, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d page is for the diaspora. It goes out within minutes.",
            "%(count)d pages are for the diaspora. They go out within minutes.",
            num_parent_objects,
        )
        return words % {"count": num_parent_objects}
