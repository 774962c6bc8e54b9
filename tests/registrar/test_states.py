import itertools

import pytest

from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.registrar import states
from wagtail_diaspora.registrar.states import ItemState, OrderState, PaymentPolicy, PaymentState

TABLES = [(states.ORDER, OrderState), (states.ITEM, ItemState), (states.PAYMENT, PaymentState)]


@pytest.mark.parametrize(("table", "choices"), TABLES)
def test_table_has_a_row_for_each_state_and_leads_to_known_states(table, choices):
    assert set(table) == set(choices.values)
    assert set().union(*table.values()) <= set(choices.values)


@pytest.mark.parametrize(("table", "choices"), TABLES)
def test_every_state_is_reached(table, choices):
    reached, waiting = set(), [choices.values[0]]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += table[state] - reached
    assert reached == set(choices.values)


EDGES = {
    "order": """
        submitted: in_review withdrawn expired
        in_review: waiting in_preparation completed withdrawn refused
        waiting: in_review in_preparation completed withdrawn expired refused
        in_preparation: in_review waiting completed refused
        completed: in_review in_preparation
        withdrawn:
        expired: in_review
        refused:
    """,
    "item": """
        to_check: found not_found passed_on refused
        found: to_check ready refused
        not_found: to_check
        passed_on: to_check
        ready: issued to_check refused
        issued: dispatched ready_to_collect paper_withdrawn
        dispatched: delivered returned paper_withdrawn
        ready_to_collect: delivered dispatched paper_withdrawn
        delivered: paper_withdrawn
        refused:
        returned: dispatched ready_to_collect paper_withdrawn
        paper_withdrawn: reissued
        reissued: dispatched ready_to_collect paper_withdrawn
    """,
    "payment": """
        not_needed: due received
        due: reported received not_needed
        reported: due received not_needed
        received: refunded due
        refunded: due received
    """,
}


@pytest.mark.parametrize(
    ("drawn", "table"),
    [(EDGES["order"], states.ORDER), (EDGES["item"], states.ITEM), (EDGES["payment"], states.PAYMENT)],
)
def test_every_edge_is_drawn(drawn, table):
    rows = [line.strip().partition(":") for line in drawn.strip().splitlines()]
    edges = {(source, target) for source, _colon, targets in rows for target in targets.split()}
    for source, target in itertools.product(table, repeat=2):
        assert states.allows(table, source, target) is ((source, target) in edges), (source, target)


def test_an_edge_outside_the_table_is_refused():
    with pytest.raises(TransitionNotAllowed):
        states.require(states.ITEM, ItemState.DELIVERED, ItemState.FOUND)


def test_an_ended_order_stays_ended_but_an_expired_one_is_taken_up_again():
    assert states.ORDER[OrderState.WITHDRAWN] == states.ORDER[OrderState.REFUSED] == frozenset()
    assert states.ORDER[OrderState.EXPIRED] == {OrderState.IN_REVIEW}


@pytest.mark.parametrize(
    ("owed", "paid", "current", "expected"),
    [
        (0, 0, "not_needed", "not_needed"),
        (500, 0, "not_needed", "due"),
        (500, 0, "reported", "reported"),
        (500, 500, "reported", "received"),
        (500, 300, "received", "due"),
        (300, 500, "received", "received"),
        (0, 0, "due", "not_needed"),
        (0, 0, "received", "refunded"),
        (0, 0, "refunded", "refunded"),
        (500, 0, "refunded", "due"),
    ],
)
def test_payment_stands_where_the_money_stands(owed, paid, current, expected):
    assert states.payment_state_for(owed=owed, paid=paid, current=current) == expected


@pytest.mark.parametrize(
    ("policy", "target", "opens"),
    [
        (PaymentPolicy.CHECK_FIRST, ItemState.FOUND, True),
        (PaymentPolicy.CHECK_FIRST, ItemState.READY, False),
        (PaymentPolicy.PAY_FIRST, ItemState.FOUND, False),
        (PaymentPolicy.PAY_FIRST, ItemState.NOT_FOUND, True),
        (PaymentPolicy.ON_DELIVERY, ItemState.DISPATCHED, True),
        (PaymentPolicy.ON_DELIVERY, ItemState.DELIVERED, False),
        (PaymentPolicy.FREE, ItemState.READY, True),
    ],
)
def test_policy_says_what_an_unpaid_order_opens(policy, target, opens):
    assert states.payment_opens(policy, PaymentState.DUE, target) is opens
    assert states.payment_opens(policy, PaymentState.REPORTED, target) is opens
    assert states.payment_opens(policy, PaymentState.RECEIVED, target) is True


@pytest.mark.parametrize(
    ("items", "current", "expected"),
    [
        (["to_check", "found"], "in_review", "in_review"),
        (["found", "passed_on"], "in_review", "in_preparation"),
        (["found", "to_check"], "waiting", "waiting"),
        (["dispatched", "not_found"], "in_preparation", "completed"),
        (["refused", "refused"], "in_review", "refused"),
        (["refused", "passed_on"], "in_review", "completed"),
        (["dispatched", "paper_withdrawn"], "in_preparation", "completed"),
        (["dispatched", "returned"], "completed", "in_preparation"),
    ],
)
def test_order_stands_where_its_items_stand(items, current, expected):
    assert states.order_state_for(items, current) == expected


def test_an_item_with_papers_never_becomes_one_without():
    for state in states.WAS_ISSUED:
        assert states.ITEM[state] <= states.WAS_ISSUED
