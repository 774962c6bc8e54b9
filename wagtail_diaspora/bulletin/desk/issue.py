"""The desk of one issue: an editor takes examples into it, puts them in order, or passes them over."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton

from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.permissions import may

from ..actions import proposals, publishing
from . import listing
from .base import OfIssue

DELETE = "diaspora_bulletin.delete_issue"
INSIDE, PROPOSED, PASSED = (f"diaspora-bulletin-{part}-section" for part in ("inside", "proposed", "passed"))
DO = ("take", "pass_over", "propose_again", "put_back", "up", "down", "take_back")


class IssueDesk(OfIssue):
    template_name = "diaspora_bulletin/desk/issue.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        language, query = get_language() or "", request.GET
        facts = {"inside": listing.standing_in(self.issue, language)}
        if self.issue.is_draft:
            facts["proposed"] = listing.proposed(self.issue, language, query.get("p"))
            facts["passed"] = listing.passed_over(self.issue, language, query.get("passed"))
        return self.render_to_response(self.get_context_data(**facts))

    def post(self, request: HttpRequest) -> HttpResponse:
        """A button names what it does, and with which example if it stands beside one."""
        name, _colon, key = request.POST.get("do", "").partition(":")
        items = _keys([key] if key else request.POST.getlist("example"))
        if name not in DO:
            raise Http404
        try:
            anchor = getattr(self, name)(items)
        except DiasporaError as error:
            messages.error(request, str(error))
            anchor = INSIDE
        return redirect(f"{request.get_full_path()}#{anchor}")

    @cached_property
    def header_buttons(self) -> list[Button]:
        seen = reverse("diaspora_bulletindesk:preview", args=[self.issue.pk])
        return [HeaderButton(_("See as a reader"), url=seen, icon_name="view")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        named = {
            "edit": (_("Title and introduction"), "edit"),
            "history": (_("History of the issue"), "history"),
        }
        if self.issue.number is None and may(self.request.user, DELETE, self.issue.municipality):
            named["delete"] = (_("Delete the issue"), "bin")
        return [
            Button(label, url=reverse(f"diaspora_issue:{view}", args=[self.issue.pk]), icon_name=icon)
            for view, (label, icon) in named.items()
        ]

    def take(self, items: list[UUID]) -> str:
        count = proposals.take(self.issue, items, user=self.request.user)
        words = ngettext(
            "%(count)d example was taken into this issue.",
            "%(count)d examples were taken into this issue.",
            count,
        )
        return self._said(words, count, items, anchor=PROPOSED)

    def pass_over(self, items: list[UUID]) -> str:
        count = proposals.pass_over(self.issue.municipality, items, user=self.request.user)
        words = ngettext(
            "%(count)d example is not for the bulletin.",
            "%(count)d examples are not for the bulletin.",
            count,
        )
        undo = messages.button(f"{self.own_url}?passed=1#{PASSED}", _("See what was passed over"))
        return self._said(words, count, items, anchor=PROPOSED, buttons=[undo])

    def propose_again(self, items: list[UUID]) -> str:
        count = proposals.propose_again(self.issue.municipality, items, user=self.request.user)
        words = ngettext(
            "%(count)d example is proposed again.", "%(count)d examples are proposed again.", count
        )
        return self._said(words, count, items, anchor=PASSED)

    def put_back(self, items: list[UUID]) -> str:
        count = proposals.put_back(self.issue, items, user=self.request.user)
        words = ngettext("%(count)d example was put back.", "%(count)d examples were put back.", count)
        return self._said(words, count, items, anchor=INSIDE)

    def up(self, items: list[UUID]) -> str:
        return self._move(items, up=True)

    def down(self, items: list[UUID]) -> str:
        return self._move(items, up=False)

    def _move(self, items: list[UUID], *, up: bool) -> str:
        """The button that was used has the focus again, or where it is gone, the other one."""
        if not all(proposals.move(self.issue, item, up=up) for item in items[:1]):
            messages.warning(self.request, _("Nothing was changed: it did not stand so any more."))
        keys = list(self.issue.contributions.values_list("item", flat=True))
        if not items or items[0] not in keys or len(keys) < 2:
            return INSIDE
        way = "up" if items[0] == keys[-1] or (up and items[0] != keys[0]) else "down"
        return f"{way}-{items[0]}"

    def take_back(self, items: list[UUID]) -> str:
        publishing.take_back(self.issue, user=self.request.user)
        messages.success(
            self.request, _("The issue was taken back. Nobody can read it until it is published again.")
        )
        return INSIDE

    def _said(self, words: str, count: int, items: list[UUID], *, anchor: str, buttons: Any = None) -> str:
        """Somebody else may have decided meanwhile."""
        if count:
            messages.success(self.request, words % {"count": count}, buttons=buttons)
        elif items:
            messages.warning(self.request, _("Nothing was changed: it did not stand so any more."))
        else:
            messages.warning(self.request, _("Tick an example first."))
        return anchor


def _keys(texts: list[str]) -> list[UUID]:
    """Of what a form sent, what can be the key of an item."""
    keys = []
    for text in texts:
        with suppress(ValueError):
            keys.append(UUID(text))
    return keys
