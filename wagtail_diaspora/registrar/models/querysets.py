from datetime import date

from django.db import models
from django.utils import timezone

from ..states import OPEN_ORDER_STATES, OrderState, PaymentState


class OrderQuerySet(models.QuerySet):
    def open(self) -> "OrderQuerySet":
        return self.filter(state__in=OPEN_ORDER_STATES)

    def new(self) -> "OrderQuerySet":
        return self.filter(state=OrderState.SUBMITTED)

    def waiting(self) -> "OrderQuerySet":
        return self.filter(state=OrderState.WAITING)

    def overdue(self) -> "OrderQuerySet":
        return self.open().exclude(state=OrderState.WAITING).filter(due_on__lt=timezone.localdate())

    def unanswered(self, *, before: date) -> "OrderQuerySet":
        """The applicant has to do something before that day, and the office has nothing to read."""
        waiting = self.filter(state__in=(OrderState.SUBMITTED, OrderState.WAITING), answer_by__lt=before)
        return waiting.filter(unread_messages=0).exclude(payment_state=PaymentState.REPORTED)

    def to_erase(self) -> "OrderQuerySet":
        return self.filter(erase_on__lte=timezone.localdate(), erased_at=None)
