"""By what the queue is narrowed: plain columns only, since what is encrypted cannot be sorted or compared."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..forms.fields import Countries
from ..models import DocumentType, Item
from ..models.orders import Channel
from ..states import OrderState, PaymentState
from .clerks import choices, clerks_of

STATES = [
    ("open", pgettext_lazy("orders", "Open")),
    ("new", pgettext_lazy("orders", "New")),
    ("answered", pgettext_lazy("orders", "With an unread message")),
    ("waiting", pgettext_lazy("orders", "Waiting for the applicant")),
    ("preparation", pgettext_lazy("orders", "In preparation")),
    ("closed", pgettext_lazy("orders", "Closed")),
    ("all", pgettext_lazy("orders", "All")),
]
ANY = pgettext_lazy("filter", "Any")
MORE = ("payment", "country", "channel")
"""Asked for less often; they fold away."""


class DocumentChoice(forms.ModelChoiceField):
    """Says whose document it is where there are several offices."""

    several = False

    def label_from_instance(self, kind: DocumentType) -> str:
        return f"{kind} ({kind.municipality})" if self.several else str(kind)


class FilterForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    document = DocumentChoice(
        DocumentType.objects.none(),
        label=pgettext_lazy("diaspora", "Document"),
        required=False,
        empty_label=pgettext_lazy("diaspora", "All"),
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[("", _("Any day")), ("overdue", _("Overdue")), ("week", _("Within seven days"))],
    )
    assignee = forms.ChoiceField(label=_("Assigned to"), required=False)
    payment = forms.ChoiceField(
        label=_("Payment"), required=False, choices=[("", ANY), *PaymentState.choices]
    )
    country = forms.ChoiceField(label=_("Country of the applicant"), required=False, choices=Countries())
    channel = forms.ChoiceField(label=_("Came by"), required=False, choices=[("", ANY), *Channel.choices])
    protocol = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        document, types = self.fields["document"], DocumentType.objects.select_related("municipality")
        document.several = len(municipalities) > 1
        document.queryset = types.filter(municipality__in=municipalities)
        fixed = [("", _("Anybody")), ("me", _("Me")), ("nobody", _("Nobody"))]
        self.fields["assignee"].choices = [*fixed, *choices(clerks_of(municipalities))]

    @property
    def often(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    @property
    def uses_more(self) -> bool:
        return any(self.chosen.get(name) for name in MORE)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}

    def apply(self, orders: QuerySet, user: Any) -> QuerySet:
        chosen = self.chosen
        orders = _due(_in_state(orders, chosen.get("state") or "open"), chosen.get("due"))
        if kind := chosen.get("document"):
            orders = orders.filter(Exists(Item.objects.filter(order=OuterRef("pk"), document_type=kind)))
        if assignee := chosen.get("assignee"):
            orders = orders.filter(assignee={"me": user, "nobody": None}.get(assignee, assignee))
        columns = {"payment": "payment_state", "country": "country", "channel": "channel"}
        columns["protocol"] = "protocol_number"
        return orders.filter(**{columns[name]: chosen[name] for name in columns if chosen.get(name)})


def _due(orders: QuerySet, due: str | None) -> QuerySet:
    if due == "overdue":
        return orders.overdue()
    if due == "week":
        return orders.filter(due_on__lte=timezone.localdate() + timedelta(days=7))
    return orders


def _in_state(orders: QuerySet, state: str) -> QuerySet:
    if state == "open":
        return orders.open()
    if state == "new":
        return orders.new()
    if state == "answered":
        return orders.filter(unread_messages__gt=0)
    if state == "waiting":
        return orders.waiting()
    if state == "preparation":
        return orders.filter(state=OrderState.IN_PREPARATION)
    if state == "closed":
        return orders.exclude(closed_at=None)
    return orders
