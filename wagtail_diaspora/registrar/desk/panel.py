from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from wagtail_diaspora import conf
from wagtail_diaspora.municipalities.permissions import municipalities_for
from wagtail_diaspora.outbox.models import Message, PeriodicRun

from ..models import Order
from .base import VIEW

SHOWN_MAILS = 5


class DeskPanel(Component):
    """The clerk's morning: what is new, late, waiting, what mail failed, and whether the clock runs."""

    name = "diaspora-desk"
    template_name = "diaspora_registrar/desk/panel.html"
    order = 50

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def municipalities(self) -> list:
        return list(municipalities_for(self.request.user, VIEW))

    def is_shown(self) -> bool:
        return bool(self.municipalities)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        orders = Order.objects.filter(municipality__in=self.municipalities)
        last = PeriodicRun.objects.order_by("-finished_at").first()
        return {
            "new": orders.new().count(),
            "overdue": orders.overdue().count(),
            "waiting": orders.waiting().count(),
            "answered": orders.filter(unread_messages__gt=0).count(),
            "failed": self._failed(),
            "last_run": last and last.finished_at,
            "clock_stands": not last or last.finished_at is None or last.finished_at < self._warn_before(),
        }

    def _failed(self) -> list[tuple[Message, Order]]:
        """Failed mails with the orders that they are about."""
        scopes = [municipality.scope for municipality in self.municipalities]
        failed = list(Message.objects.failed().filter(scope__in=scopes).order_by("-ordinal")[:SHOWN_MAILS])
        keys = [
            m.related_label.removeprefix("order:") for m in failed if m.related_label.startswith("order:")
        ]
        orders = {f"order:{order.pk}": order for order in Order.objects.filter(pk__in=keys)}
        return [(m, orders[m.related_label]) for m in failed if m.related_label in orders]

    def _warn_before(self):
        return timezone.now() - timedelta(minutes=conf.TICK_WARNING_MINUTES)
