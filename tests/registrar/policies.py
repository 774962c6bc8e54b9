"""An order that is worked on by one policy."""

from datetime import date

from tests.factories.municipalities import user_with
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.models import Order

FEE, POSTAGE = 500, 850
WHOLE, ONE = 2 * FEE + POSTAGE, FEE + POSTAGE


class Case:
    """An order with two documents, each of which costs FEE, and a clerk who works on it."""

    def __init__(self, policy="check_first", **settings):
        settings |= {"postage_abroad_minor": POSTAGE, "notice_email": "office@example.org"}
        office = an_office(fee=FEE, payment_policy=policy, **settings)
        self.pk = an_order(office, types=("birth", "citizenship")).pk
        self.clerk = user_with("diaspora_registrar.change_order", municipality=office)

    @property
    def order(self):
        return Order.objects.select_related("municipality").get(pk=self.pk)

    @property
    def items(self):
        return list(self.order.items.all())

    def __getattr__(self, name):
        """`case.mark_found(0, act={})`: an action on the document at that place, or on the order."""
        action = getattr(actions, name)

        def run(place=None, **facts):
            if place is not None:
                facts["item"] = self.items[place].pk
            order = self.order
            return action(order, user=self.clerk, version=order.version, **facts)

        return run

    def found(self, *places):
        for place in places:
            self.mark_found(place, act={})

    def paid(self, **facts):
        self.record_payment(received_on=date(2026, 4, 1), **facts)

    def later(self, **values):
        Order.objects.filter(pk=self.pk).update(**values)

    @property
    def stands(self):
        order = self.order
        return order.state, order.payment_state, order.amount_minor, order.paid_minor

    @property
    def mails(self):
        messages = Message.objects.labelled(f"order:{self.pk}").order_by("ordinal")
        return [message.key.split(":")[3] for message in messages]
