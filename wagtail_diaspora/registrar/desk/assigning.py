"""Orders of the queue, given to one clerk at once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from wagtail_diaspora.exceptions import DiasporaError

from .. import actions
from .base import CHANGE, DeskView
from .clerks import choices, clerks_of

NOBODY = "nobody"


class AssignForm(forms.Form):
    assignee = forms.ChoiceField(label=gettext_lazy("Assign the chosen orders to"))

    def __init__(self, *args: Any, municipalities: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.clerks = {str(clerk.pk): clerk for clerk in clerks_of(municipalities)}
        people = choices(self.clerks.values())
        self.fields["assignee"].choices = [("", "—"), *people, (NOBODY, gettext_lazy("Nobody"))]

    @property
    def clerk(self) -> Any:
        return self.clerks.get(self.cleaned_data["assignee"])


class AssignView(DeskView):
    """Each order with the version that the clerk saw: what changed meanwhile is left, and named."""

    permission = CHANGE

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("diaspora_desk:queue")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AssignForm(request.POST, municipalities=self.municipalities)
        chosen = dict(filter(None, map(_seen, request.POST.getlist("order"))))
        if not form.is_valid() or not chosen:
            messages.error(request, _("Choose orders in the list, and to whom they are assigned."))
        else:
            self._assign(chosen, form.clerk)
        return redirect(get_valid_next_url_from_request(request) or reverse("diaspora_desk:queue"))

    def _assign(self, chosen: dict[UUID, int], assignee: Any) -> None:
        done, left = 0, []
        for order in self.orders.filter(pk__in=chosen).order_by("due_on", "pk"):
            try:
                actions.assign(order, user=self.request.user, version=chosen[order.pk], assignee=assignee)
                done += 1
            except DiasporaError as error:
                left.append(f"{order.reference}: {error}")
        if done:
            said = ngettext("%(count)d order was assigned.", "%(count)d orders were assigned.", done)
            messages.success(self.request, said % {"count": done})
        for sentence in left:
            messages.error(self.request, sentence)


def _seen(text: str) -> tuple[UUID, int] | None:
    """An order with its version, as the box in the list has them."""
    pk, _bar, version = text.partition("_")
    try:
        return UUID(pk), int(version)
    except ValueError:
        return None
