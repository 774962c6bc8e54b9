"""What a clerk writes when an action needs more than a confirmation."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora import dates
from wagtail_diaspora.money import AmountFormField

from ..forms.fields import CleanCharField, LinesField
from ..models import Item, Order
from ..states import ItemState
from .clerks import ClerkField, clerks_of


class StepForm(forms.Form):
    """Base: `version` is the order as the clerk saw it."""

    compares = False
    """Whether what was asked and sent stands beside it, and the reading is recorded."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, order: Order, item: Item | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.order, self.item = order, item
        self.fields["version"].initial = order.version
        self.prepare()

    def prepare(self) -> None:
        """Set choices and first values from the order and the item."""

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class FoundForm(StepForm):
    number = CleanCharField(label=_("Number of the entry"), max_length=40, required=False)
    book = CleanCharField(label=_("Register, book, year, page"), max_length=120, required=False)
    office = CleanCharField(label=_("Registry office where it is entered"), max_length=120, required=False)
    remarks = LinesField(
        label=_("Notes and later entries"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fee_minor = AmountFormField(label=_("Fee for all copies, in KM"))

    def prepare(self) -> None:
        self.fields["fee_minor"].initial = self.item.fee_minor

    def facts(self) -> dict[str, Any]:
        entry = {name: self.cleaned_data[name] for name in ("number", "book", "office", "remarks")}
        return {"act": entry, "fee_minor": self.cleaned_data["fee_minor"]}


class IssueForm(StepForm):
    blank_number = CleanCharField(label=_("Number of the blank"), max_length=40, required=False)


class ItemsForm(StepForm):
    """Items that one letter takes."""

    items = forms.MultipleChoiceField(
        label=pgettext_lazy("diaspora", "Documents"), widget=forms.CheckboxSelectMultiple
    )
    tracking_number = CleanCharField(
        label=_("Number of the registered letter"), max_length=40, required=False
    )

    def prepare(self) -> None:
        items = self.order.items.select_related("document_type")
        sendable = [item for item in items if item.state in SENDABLE]
        self.fields["items"].choices = [
            (str(item.pk), f"{item.position}. {item.document_type}") for item in sendable
        ]
        self.fields["items"].initial = [str(item.pk) for item in sendable]

    def facts(self) -> dict[str, Any]:
        chosen = [uuid.UUID(pk) for pk in self.cleaned_data["items"]]
        return {"items": chosen, "tracking_number": self.cleaned_data["tracking_number"]}


class ReceivedForm(StepForm):
    amount_minor = AmountFormField(label=_("Amount in KM"))
    received_on = dates.DateField(label=_("Received on"), initial=timezone.localdate)
    document_number = CleanCharField(
        label=_("Number of the statement or receipt"), max_length=60, required=False
    )

    def prepare(self) -> None:
        self.fields["amount_minor"].initial = max(self.order.balance_minor, 0) or None


class RefundedForm(StepForm):
    amount_minor = AmountFormField(label=_("Amount in KM"))
    refunded_on = dates.DateField(label=_("Paid back on"), initial=timezone.localdate)

    def prepare(self) -> None:
        self.fields["amount_minor"].initial = self.order.overpaid_minor or self.order.paid_minor


class ProtocolForm(StepForm):
    number = CleanCharField(
        label=_("Protocol number"),
        max_length=40,
        required=False,
        help_text=_("As in the register of the office. Empty takes it away."),
    )

    def prepare(self) -> None:
        self.fields["number"].initial = self.order.protocol_number


class AssignForm(StepForm):
    assignee = ClerkField(get_user_model().objects.none(), label=_("Assign to"), required=False)

    def prepare(self) -> None:
        field = self.fields["assignee"]
        field.initial = self.order.assignee_id
        field.queryset = clerks_of([self.order.municipality_id])


SENDABLE = (ItemState.ISSUED, ItemState.REISSUED, ItemState.READY_TO_COLLECT, ItemState.RETURNED)
