"""The one base of our bulk actions, and of the listings that offer them.

Wagtail's own allows every object by default and takes every row for "all"; these take rows of the user's
municipalities only, and for "all" those of the listing as it was filtered.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django_filters.filterset import filterset_factory
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.bulk_action import BulkAction

from ..policy import MunicipalityPermissionPolicy
from .base import IndexView


class MunicipalityBulkAction(BulkAction):
    """For models with a `municipality`. A subclass sets `question` and what Wagtail asks for."""

    permission = "change"
    question: Any = ""
    list_filter: list[str] = []
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
            found = list(self._allowed().filter(pk__in=object_ids).select_related("municipality"))
        except ValueError:
            found = []
        if not found:
            raise Http404
        return found

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet:
        filters = filterset_factory(self.model, WagtailFilterSet, fields=self.list_filter)
        chosen = filters(self.request.GET, queryset=self._allowed(), request=self.request)
        return chosen.qs.values("pk") if chosen.is_valid() else self._allowed().none()

    def check_perm(self, obj: Model) -> bool:
        return self.policy.user_has_permission_for_instance(self.request.user, self.permission, obj)

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user}

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
