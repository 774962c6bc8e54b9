"""The one base of our bulk actions, and of the listings that offer them.

Wagtail's own allows every object by default and takes every row for "all"; these take rows of the user's
municipalities only, for "all" those of the listing as it was filtered and searched, and a bounded number at a
time.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django_filters.filterset import filterset_factory
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.bulk_action import BulkAction

from ..policy import MunicipalityPermissionPolicy
from .base import IndexView


class MunicipalityBulkAction(BulkAction):
    """For models with a `municipality`. A subclass sets `question` and what Wagtail asks for.

    `fitting` says for which rows of a listing the action is meant: of "all", the first `portion` of these.
    `list_filter` or `filterset_class`, and `search_fields`, are those of the listing.
    """

    permission = "change"
    portion = 100
    fitting = Q()
    question: Any = ""
    list_filter: list[str] = []
    filterset_class: type[WagtailFilterSet] | None = None
    search_fields: list[str] = []
    template_name = "diaspora_municipalities/confirm_bulk.html"

    @cached_property
    def policy(self) -> MunicipalityPermissionPolicy:
        return MunicipalityPermissionPolicy(self.model)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.policy.user_has_permission(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self, model: type[Model], object_ids: Iterable[Any]) -> list[Model]:
        try:
            rows = self._allowed().filter(pk__in=object_ids)
            found = list(rows.select_related("municipality")[: self.portion])
        except (ValueError, ValidationError):
            found = []
        if not found:
            raise Http404
        return found

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet:
        filters = self.filterset_class or filterset_factory(
            self.model, WagtailFilterSet, fields=self.list_filter
        )
        chosen = filters(self.request.GET, queryset=self._allowed(), request=self.request)
        if not chosen.is_valid():
            return self._allowed().none()
        return chosen.qs.filter(self._searched(), self.fitting).values("pk")

    def check_perm(self, obj: Model) -> bool:
        return self.policy.user_has_permission_for_instance(self.request.user, self.permission, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is changed is what was asked about, also if there is something new meanwhile."""
        context, query = super().get_context_data(**kwargs), self.request.GET.copy()
        query.setlist("id", [row["item"].pk for row in context["items"]])
        if self.is_about_all:
            query["of"] = "all"
        left = self._count_left() - len(context["items"]) if self.is_about_all else 0
        return {**context, "submit_url": f"{self.request.path}?{query.urlencode()}", "left": left}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        left = self._count_left() if self.is_about_all else 0
        if left:
            words = ngettext(
                "%(count)d more is left. Choose all again for it.",
                "%(count)d more are left. Choose all again for them.",
                left,
            )
            messages.warning(self.request, words % {"count": left})
        return answer

    @property
    def is_about_all(self) -> bool:
        return "all" in (*self.request.GET.getlist("id"), self.request.GET.get("of"))

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def _count_left(self) -> int:
        return self.get_all_objects_in_listing_query(None).count()

    def _searched(self) -> Q:
        """As Wagtail's listing does it."""
        words, found = self.request.GET.get("q", "").strip(), Q()
        for name in self.search_fields if words else ():
            found |= Q(**{f"{name}__icontains": words})
        return found

    def _allowed(self) -> QuerySet:
        return self.policy.instances_user_has_any_permission_for(self.request.user, [self.permission])


class BulkIndexView(IndexView):
    """A listing with a box to tick in each row, for whoever may change rows."""

    template_name = "diaspora_municipalities/bulk_index.html"

    @cached_property
    def columns(self) -> list[Any]:
        if not self.user_has_permission("change"):
            return super().columns
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="item"), *super().columns]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        """With the id by which the box of the row is described."""
        return super()._get_title_column(
            *args, **kwargs, get_title_id=lambda row: f"item_{quote(row.pk)}_title"
        )
