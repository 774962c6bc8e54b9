"""The queue: by due date, in pages that begin after a row, so that the last one costs what the first does."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from wagtail_diaspora.municipalities.permissions import may, municipalities_for
from wagtail_diaspora.vault.access import Action

from .. import search
from ..models import Order, SearchDigest
from ..references import normalise
from .assigning import AssignForm
from .base import ADD, CHANGE, DeskView
from .filters import FilterForm

PAGE_SIZE = 50
COUNTED_TO = 1000
MOST_WORDS = 20


class SearchForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Search for"),
        choices=[
            ("reference", _("Reference")),
            *search.Kind.choices,
            ("protocol", _("Protocol number")),
        ],
    )
    words = forms.CharField(
        label=_("Whole words"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class QueueView(DeskView):
    """A search is asked by POST; its address then holds keyed digests, never what was typed."""

    page_title = _("Orders")
    template_name = "diaspora_registrar/desk/queue.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, earlier, later = self._page()
        for municipality, count in Counter(row.municipality_id for row in rows).items():
            self.record(Action.LISTED, Order, self.municipalities[municipality], count=count)
        return self.render_to_response(
            self.get_context_data(
                rows=rows,
                earlier=self._link("before", rows[0]) if rows and earlier else "",
                later=self._link("after", rows[-1]) if rows and later else "",
                filter_form=self.form,
                search_form=SearchForm(),
                searched=self._digests is not None or bool(self.form.chosen.get("protocol")),
                assign_form=self._assign_form(),
                here=request.get_full_path(),
                many=len(self.municipalities) > 1,
                **self._counted(),
            )
        )

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not may(self.request.user, ADD):
            return []
        url = reverse("diaspora_desk:enter")
        return [HeaderButton(label=_("Enter an order"), url=url, icon_name="plus")]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write what you search for."))
            return redirect("diaspora_desk:queue")
        kind, words = form.cleaned_data["kind"], form.cleaned_data["words"]
        if kind == "reference":
            return self._by_reference(words)
        if kind == "protocol":
            return self._to(state="all", protocol=" ".join(words.split()))
        for municipality in self.municipalities.values():
            self.record(Action.SEARCHED, Order, municipality)
        digests = search.digests_for(kind, words)
        return self._to(
            state="all", kind=kind, digests=".".join("~".join(d.hex() for d in word) for word in digests)
        )

    @cached_property
    def form(self) -> FilterForm:
        return FilterForm(self.request.GET, municipalities=self.municipalities)

    @cached_property
    def chosen(self) -> QuerySet:
        orders = self.form.apply(self.orders, self.request.user)
        for digests in self._digests or []:
            found = SearchDigest.objects.filter(
                municipality__in=self.municipalities, kind=self.request.GET.get("kind"), digest__in=digests
            )
            orders = orders.filter(pk__in=found.values("order"))
        return orders.none() if self._digests == [] else orders

    @cached_property
    def _digests(self) -> list[list[bytes]] | None:
        """For each word its digests; None when nothing is searched for."""
        typed = self.request.GET.get("digests")
        if typed is None:
            return None
        words = typed.split(".")
        if self.request.GET.get("kind") not in search.Kind.values or len(words) > MOST_WORDS:
            return []
        try:
            return [[bytes.fromhex(d) for d in word.split("~")] for word in words if word]
        except ValueError:
            return []

    def _assign_form(self) -> AssignForm | None:
        offices = municipalities_for(self.request.user, CHANGE)
        return AssignForm(municipalities=offices) if may(self.request.user, CHANGE) else None

    def _to(self, **query: str) -> HttpResponse:
        address = QueryDict(mutable=True)
        address.update(query)
        return redirect(f"{reverse('diaspora_desk:queue')}?{address.urlencode()}")

    def _page(self) -> tuple[list[Order], bool, bool]:
        """Rows, whether there are earlier ones, whether there are later ones."""
        orders = self.chosen.select_related("assignee", "municipality")
        orders = orders.prefetch_related("items__document_type")
        if before := _key(self.request.GET.get("before")):
            rows = list(orders.filter(_beyond("lt", before)).order_by("-due_on", "-id")[: PAGE_SIZE + 1])
            return rows[:PAGE_SIZE][::-1], len(rows) > PAGE_SIZE, True
        after = _key(self.request.GET.get("after"))
        if after:
            orders = orders.filter(_beyond("gt", after))
        rows = list(orders.order_by("due_on", "id")[: PAGE_SIZE + 1])
        return rows[:PAGE_SIZE], bool(after), len(rows) > PAGE_SIZE

    def _counted(self) -> dict[str, Any]:
        count = len(self.chosen.order_by().values_list("pk")[: COUNTED_TO + 1])
        return {"count": min(count, COUNTED_TO), "counted_to_the_end": count <= COUNTED_TO}

    def _link(self, direction: str, row: Order) -> str:
        query = self.request.GET.copy()
        for name in ("before", "after"):
            query.pop(name, None)
        query[direction] = f"{row.due_on.isoformat()}_{row.pk}"
        return f"?{query.urlencode()}"

    def _by_reference(self, words: str) -> HttpResponse:
        order = self.orders.filter(reference=normalise(words) or "").first()
        if order:
            return redirect("diaspora_desk:case", order.pk)
        messages.error(self.request, _("There is no order with this reference here. Check each character."))
        return redirect("diaspora_desk:queue")


def _key(text: str | None) -> tuple[date, UUID] | None:
    day, _bar, pk = (text or "").partition("_")
    try:
        return date.fromisoformat(day), UUID(pk)
    except ValueError:
        return None


def _beyond(direction: str, key: tuple[date, UUID]) -> Q:
    """The bound on the day alone is what an index begins with: an OR would read all that came before."""
    day, pk = key
    return Q(**{f"due_on__{direction}e": day}) & (
        Q(**{f"due_on__{direction}": day}) | Q(**{f"id__{direction}": pk})
    )
