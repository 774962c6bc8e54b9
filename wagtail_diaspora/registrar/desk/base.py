"""What every view of the clerk's desk has: the municipalities that the user may work for."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.permissions import may, municipalities_for
from wagtail_diaspora.reports import discreet
from wagtail_diaspora.vault import access

from ..models import Item, Order

VIEW, ADD, CHANGE, ERASE = (f"diaspora_registrar.{verb}_order" for verb in ("view", "add", "change", "erase"))


class DeskView(WagtailAdminTemplateMixin, View):
    """Whoever has `permission` for no municipality is turned away; rows of others do not exist here."""

    permission = VIEW
    header_icon = "folder-open-inverse"
    _show_breadcrumbs = True

    @classmethod
    def as_view(cls, **options: Any) -> Callable:
        """Marked here: a mark on `dispatch` is lost where a subclass has its own."""
        return transaction.non_atomic_requests(super().as_view(**options))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.municipalities:
            raise PermissionDenied
        with discreet(request):
            response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def render_to_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Rendered here, so that what fails in a template is reported discreetly too."""
        return super().render_to_response(*args, **kwargs).render()

    @cached_property
    def municipalities(self) -> dict[int, Municipality]:
        allowed = municipalities_for(self.request.user, self.permission).select_related("site")
        return {municipality.pk: municipality for municipality in allowed}

    @property
    def orders(self):
        return Order.objects.filter(municipality__in=self.municipalities)

    def get_breadcrumbs_items(self) -> list[dict]:
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("diaspora_desk:queue"), "label": _("Orders")},
        ]
        return [*items, *self.more_breadcrumbs()]

    def more_breadcrumbs(self) -> list[dict]:
        return []

    def record(self, action: str, obj: Any, municipality: Municipality, *, count: int = 1) -> None:
        """Commit that the user reads this; without it nothing is shown."""
        access.record(user=self.request.user, scope=municipality.scope, action=action, obj=obj, count=count)


class OrderView(DeskView):
    """One order of one of the user's municipalities, or 404."""

    order: Order

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.municipalities:
            raise PermissionDenied
        found = self.orders.select_related("assignee", "municipality", "municipality__site")
        self.order = get_object_or_404(found, pk=self.kwargs["order"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.order.reference

    def more_breadcrumbs(self) -> list[dict]:
        return [{"url": self.case_url, "label": self.order.reference}]

    def items_asked(self) -> QuerySet[Item]:
        """With all that a clerk compares."""
        rows = self.order.items.select_related("document_type", "person")
        return rows.prefetch_related("document_type__facts", "document_type__relations")

    def item_asked_for(self) -> Item:
        """The item of this order that the address names, or 404."""
        pk = self.request.GET.get("item", "")
        found = next((row for row in self.items_asked() if str(row.pk) == pk), None)
        if found is None:
            raise Http404
        return found

    @property
    def case_url(self) -> str:
        return reverse("diaspora_desk:case", args=[self.order.pk])

    def may(self, permission: str) -> bool:
        return may(self.request.user, permission, self.order.municipality_id)
