from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Account, Municipality
from wagtail_diaspora.vault.fields import SealedJSONField, SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from ..states import (
    OPEN_ORDER_STATES,
    WAS_ISSUED,
    WITHOUT_PAPER,
    ItemState,
    OrderState,
    PaymentPolicy,
    PaymentState,
)
from .documents import DocumentType, Relation
from .querysets import OrderQuerySet
from .settings import Delivery, SignaturePolicy


class Channel(models.TextChoices):
    WEB = "web", pgettext_lazy("channel", "Website")
    POST = "post", pgettext_lazy("channel", "Letter")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    PHONE = "phone", pgettext_lazy("channel", "Telephone")
    COUNTER = "counter", pgettext_lazy("channel", "Counter")


class Order(SealedModel):
    """One request of one applicant, for one or more documents. Its reference is a name, never a key."""

    reference = models.CharField(_("reference"), max_length=16, unique=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="orders")
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    draft_key = models.UUIDField(unique=True, null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    state = models.CharField(
        _("state"), max_length=16, choices=OrderState.choices, default=OrderState.SUBMITTED
    )
    version = models.PositiveIntegerField(default=0)
    policy = models.JSONField(default=dict)
    payment_state = models.CharField(
        _("payment"), max_length=12, choices=PaymentState.choices, default=PaymentState.NOT_NEEDED
    )
    amount_minor = models.PositiveIntegerField(_("amount in minor units"), default=0)
    paid_minor = models.PositiveIntegerField(_("paid, in minor units"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="BAM")
    country = models.CharField(_("country of the applicant"), max_length=2, blank=True)
    language = models.CharField(_("language of the applicant"), max_length=10)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    delivery_method = models.CharField(_("delivery"), max_length=8, choices=Delivery.choices)
    applicant = SealedJSONField(_("applicant"), default=dict)
    email = SealedTextField(_("e-mail address"), blank=True, default="")
    new_email = SealedTextField(_("new e-mail address, not confirmed yet"), null=True, blank=True)
    address = SealedJSONField(_("address"), default=dict)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    token_generation = models.PositiveIntegerField(default=0)
    protocol_number = models.CharField(_("protocol number"), max_length=40, blank=True)
    submitted_at = models.DateTimeField(_("received"), default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("due"))
    answer_by = models.DateField(_("answer expected by"), null=True, blank=True)
    waiting_since = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    unread_messages = models.PositiveSmallIntegerField(default=0)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        permissions = [("erase_order", "Can erase the personal data of an order")]
        default_permissions = ("view", "change", "add")
        indexes = [
            models.Index(fields=["municipality", "due_on", "id"], name="diaspora_order_queue"),
            models.Index(
                fields=["municipality", "due_on", "id"],
                name="diaspora_order_open",
                condition=models.Q(state__in=["submitted", "in_review", "waiting", "in_preparation"]),
            ),
            models.Index(fields=["municipality", "state", "due_on", "id"], name="diaspora_order_state"),
            models.Index(fields=["assignee", "due_on", "id"], name="diaspora_order_assignee"),
            models.Index(
                fields=["municipality", "due_on", "id"],
                name="diaspora_order_unread",
                condition=models.Q(unread_messages__gt=0),
            ),
            models.Index(fields=["municipality", "country", "due_on", "id"], name="diaspora_order_country"),
            models.Index(
                fields=["municipality", "payment_state", "due_on", "id"],
                name="diaspora_order_money",
                condition=models.Q(payment_state__in=["due", "reported", "refunded"]),
            ),
            models.Index(
                fields=["municipality", "channel", "due_on", "id"],
                name="diaspora_order_entered",
                condition=~models.Q(channel="web"),
            ),
            models.Index(
                fields=["municipality", "protocol_number"],
                name="diaspora_order_protocol",
                condition=~models.Q(protocol_number=""),
            ),
            models.Index(
                fields=["erase_on"], name="diaspora_order_erase", condition=models.Q(erased_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=OrderState.values), name="diaspora_order_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(payment_state__in=PaymentState.values),
                name="diaspora_order_payment_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_state_display(self) -> str:
        return str(OrderState(self.state).label)

    def get_payment_state_display(self) -> str:
        return str(PaymentState(self.payment_state).label)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ORDER_STATES

    @property
    def is_overdue(self) -> bool:
        """While it waits for the applicant, the office's clock stands."""
        return self.is_open and self.state != OrderState.WAITING and self.due_on < timezone.localdate()

    @property
    def balance_minor(self) -> int:
        """What is still owed; below zero, what was paid too much."""
        return self.amount_minor - self.paid_minor

    @property
    def is_asked_later(self) -> bool:
        """Nothing is owed yet only because the records are looked for first."""
        checking = self.state in (OrderState.SUBMITTED, OrderState.IN_REVIEW, OrderState.WAITING)
        later = self.policy.get("payment") in (PaymentPolicy.CHECK_FIRST, PaymentPolicy.ON_DELIVERY)
        return checking and later and self.payment_state == PaymentState.NOT_NEEDED

    @property
    def takes_signature(self) -> bool:
        """Whether the request, signed by hand, may be uploaded."""
        return self.policy["signature"] == SignaturePolicy.UPLOAD and self.is_open

    @property
    def overpaid_minor(self) -> int:
        return max(-self.balance_minor, 0)

    @property
    def accounts(self) -> list[Account]:
        """To which the applicant may pay."""
        return self.municipality.accounts.for_country(self.applicant.get("country") or "BA")

    @property
    def subject_key(self) -> str:
        """Under which the outbox keeps the messages of this order, in order."""
        return f"order:{self.pk}"


class Person(SealedModel):
    """Somebody whose record is asked for. `facts` is keyed by `DocumentFact.code`."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="persons")
    position = models.PositiveSmallIntegerField()
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    facts = SealedJSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["position"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="diaspora_person_position")]

    def __str__(self) -> str:
        return str(self.position)


class Item(SealedModel):
    """One document for one person. `fee_minor` is for all copies: as shown, then as set on what was found."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="items")
    document_type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    language = models.CharField(_("language and script of the document"), max_length=10)
    state = models.CharField(_("state"), max_length=16, choices=ItemState.choices, default=ItemState.TO_CHECK)
    state_at = models.DateTimeField(default=timezone.now)
    fee_minor = models.PositiveIntegerField(_("fee in fenings"), default=0)
    outcome = SealedTextField(_("explanation"), blank=True, default="")
    passed_on_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    act = SealedJSONField(_("entry in the register"), default=dict)
    tracking_number = models.CharField(_("number of the registered letter"), max_length=40, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("diaspora", "item")
        verbose_name_plural = pgettext_lazy("diaspora", "items")
        ordering = ["position"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["document_type", "state"], name="diaspora_item_type"),
            models.Index(fields=["order", "document_type"], name="diaspora_item_order_type"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="diaspora_item_position"),
            models.CheckConstraint(condition=models.Q(copies__gte=1), name="diaspora_item_copies"),
            models.CheckConstraint(
                condition=models.Q(state__in=ItemState.values), name="diaspora_item_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position}"

    def get_state_display(self) -> str:
        return str(ItemState(self.state).label)

    @property
    def comes_to_nothing(self) -> bool:
        """There is and will be no paper, so nothing is charged for it."""
        return self.state in WITHOUT_PAPER

    @property
    def was_issued(self) -> bool:
        return self.state in WAS_ISSUED
