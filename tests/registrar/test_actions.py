import uuid
from datetime import date

import pytest

from tests.factories.municipalities import user_with
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.exceptions import SomeoneWasFirst, TransitionNotAllowed
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, proof
from wagtail_diaspora.registrar.models import Order, Paper
from wagtail_diaspora.registrar.states import ItemState, OrderState, PaymentState

pytestmark = pytest.mark.django_db


def fresh(order):
    return Order.objects.get(pk=order.pk)


@pytest.fixture
def order():
    return an_order(an_office(postage_abroad_minor=850), types=("birth", "citizenship"))


@pytest.fixture
def clerk(order):
    return user_with("diaspora_registrar.change_order", municipality=order.municipality)


def act(order, action, clerk, **facts):
    order = fresh(order)
    return action(order, user=clerk, version=order.version, **facts)


def kinds(order):
    keys = Message.objects.about(order.subject_key).values_list("key", flat=True)
    return [key.split(":")[3] for key in keys]


def test_a_received_order_has_its_mail_and_log_entry(order):
    assert fresh(order).state == OrderState.SUBMITTED
    assert kinds(order) == ["received"]
    assert [e.action for e in MunicipalityLogEntry.objects.all()] == ["diaspora_registrar.received"]
    message = Message.objects.get()
    assert order.reference in message.payload["subject"] and "Šućur" not in message.payload["subject"]
    assert "Šućur" not in str(MunicipalityLogEntry.objects.values_list("data", "label"))


def test_check_first_asks_for_what_was_found_and_one_postage(order, clerk):
    first, second = order.items.all()
    act(order, actions.mark_found, clerk, item=first.pk, act={"number": "12"})
    assert fresh(order).state == OrderState.IN_REVIEW
    assert fresh(order).assignee == clerk
    act(order, actions.pass_on, clerk, item=second.pk, to="Kozarska Dubica")
    after = fresh(order)
    assert (after.state, after.payment_state, after.amount_minor) == ("waiting", "due", 500 + 850)
    assert kinds(order) == ["received", "checked"]
    assert "13,50" in Message.objects.order_by("ordinal").last().payload["text"]


def test_an_item_is_not_issued_before_payment(order, clerk):
    for item in order.items.all():
        act(order, actions.mark_found, clerk, item=item.pk, act={})
    with pytest.raises(TransitionNotAllowed):
        act(order, actions.issue, clerk, item=item.pk)


def test_from_payment_to_delivery(order, clerk):
    for item in order.items.all():
        act(order, actions.mark_found, clerk, item=item.pk, act={})
    act(order, actions.record_payment, clerk, received_on=date(2026, 1, 2))
    assert {i.state for i in order.items.all()} == {ItemState.READY}
    codes = [act(order, actions.issue, clerk, item=item.pk) for item in order.items.all()]
    numbers = [proof.paper_for(proof.grouped(code), order.municipality).number for code in codes]
    assert [n.split("-")[-1].split("/")[0] for n in numbers] == ["1", "2"]
    act(order, actions.dispatch, clerk, items=[i.pk for i in order.items.all()], tracking_number="RR1")
    after = fresh(order)
    assert after.state == OrderState.COMPLETED and after.erase_on is not None
    assert kinds(order)[-1] == "dispatched"


def test_a_withdrawn_paper_is_issued_again_under_another_number(order, clerk):
    for item in order.items.all():
        act(order, actions.mark_found, clerk, item=item.pk, act={}, fee_minor=0)
    act(order, actions.record_payment, clerk, received_on=date(2026, 1, 2))
    act(order, actions.issue, clerk, item=item.pk)
    act(order, actions.withdraw_paper, clerk, item=item.pk)
    act(order, actions.reissue, clerk, item=item.pk)
    assert list(Paper.objects.values_list("state", flat=True)) == ["withdrawn", "issued"]


def test_the_second_clerk_is_told(order, clerk):
    seen = fresh(order)
    item = order.items.first()
    actions.mark_found(seen, user=clerk, version=seen.version, item=item.pk, act={})
    with pytest.raises(SomeoneWasFirst):
        actions.refuse(seen, user=clerk, version=seen.version, item=item.pk, explanation="no")
    assert order.items.first().state == ItemState.FOUND


def test_a_question_and_its_answer(order, clerk):
    act(order, actions.ask_applicant, clerk, key=uuid.uuid4(), body="Bolji sken, molim.")
    assert fresh(order).state == OrderState.WAITING
    key = uuid.uuid4()
    for _twice in range(2):
        actions.answer(order, key=key, body="Evo.")
    after = fresh(order)
    assert (after.state, after.unread_messages, after.thread.count()) == ("in_review", 1, 2)


def test_all_refused_refuses_the_order(order, clerk):
    for item in order.items.all():
        act(order, actions.refuse, clerk, item=item.pk, explanation="Nije ovlašten.")
    assert fresh(order).state == OrderState.REFUSED


def test_check_again_takes_the_payment_back(order, clerk):
    for item in order.items.all():
        act(order, actions.mark_found, clerk, item=item.pk, act={})
    act(order, actions.check_again, clerk, item=item.pk)
    after = fresh(order)
    assert (after.state, after.payment_state, after.amount_minor) == ("in_review", "not_needed", 0)


def test_withdraw_ends_the_order_until_it_is_in_preparation(order, clerk):
    actions.withdraw(order)
    assert fresh(order).state == OrderState.WITHDRAWN
    with pytest.raises(TransitionNotAllowed):
        act(order, actions.mark_found, clerk, item=order.items.first().pk, act={})


def test_a_free_order_is_prepared_at_once(clerk):
    order = an_order(an_office(fee=0, postage_abroad_minor=0))
    act(order, actions.mark_found, clerk, item=order.items.get().pk, act={})
    after = fresh(order)
    assert (after.state, after.payment_state) == (OrderState.IN_PREPARATION, PaymentState.NOT_NEEDED)


def test_pay_first_owes_at_once():
    order = an_order(an_office(payment_policy="pay_first"))
    assert (order.payment_state, order.amount_minor) == (PaymentState.DUE, 500)
