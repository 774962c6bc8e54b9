from typing import Any

from django.http import HttpRequest
from django.template.context_processors import csrf
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from wagtail_diaspora.municipalities.permissions import may, municipalities_for
from wagtail_diaspora.outbox import leases
from wagtail_diaspora.outbox.models import Message

from ..models import Order
from .base import CHANGE, VIEW

SHOWN_MAILS = 5


class DeskPanel(Component):
    """The clerk's morning: what is new, late, waiting, what mail failed, and whether the clock runs."""

    name = "diaspora-desk"
    template_name = "diaspora_registrar/desk/panel.html"
    order = 50

    class Media:
        css = {"all": ["diaspora_registrar/desk.css"]}

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def municipalities(self) -> list:
        return list(municipalities_for(self.request.user, VIEW))

    def is_shown(self) -> bool:
        return bool(self.municipalities)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        orders = Order.objects.filter(municipality__in=self.municipalities)
        return {
            **csrf(self.request),
            "new": orders.new().count(),
            "overdue": orders.overdue().count(),
            "waiting": orders.waiting().count(),
            "answered": orders.filter(unread_messages__gt=0).count(),
            "failed": self._failed(),
            "last_run": leases.last_run(),
            "clock_stands": leases.is_late(),
        }

    def _failed(self) -> list[tuple[Message, Order, bool]]:
        """Failed mails that can be sent again, each with its order and whether the user may do that."""
        scopes = [municipality.scope for municipality in self.municipalities]
        failed = Message.objects.failed().filter(scope__in=scopes, body_erased_at=None)
        newest = failed.filter(related_label__startswith="order:").order_by("-ordinal")[:SHOWN_MAILS]
        keys = [message.related_label.removeprefix("order:") for message in newest]
        orders = {order.subject_key: order for order in Order.objects.filter(pk__in=keys)}
        found = [(m, orders[m.related_label]) for m in newest if m.related_label in orders]
        return [(m, order, may(self.request.user, CHANGE, order.municipality_id)) for m, order in found]
