from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..models import Order
from .base import VIEW


class QueueMenuItem(MenuItem):
    """Says how many orders are new, for those who may see any."""

    def __init__(self):
        super().__init__(
            _("Orders"),
            reverse_lazy("diaspora_desk:queue"),
            name="diaspora-orders",
            icon_name="folder-open-inverse",
            order=90,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, VIEW)

    def render_component(self, request: HttpRequest):
        component = super().render_component(request)
        new = Order.objects.new().filter(municipality__in=municipalities_for(request.user, VIEW)).count()
        if new:
            component.label = f"{component.label} ({new})"
        return component
