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


@pytest.mark.parametrize(("table", "choices"), TABLES)
def test_edge_outside_the_table_is_refused(table, choices):
    for source, target in itertools.product(choices.values, repeat=2):
        if target in table[source]:
            states.require(table, source, target)
        else:
            with pytest.raises(TransitionNotAllowed):
                states.require(table, source, target)


def test_ended_orders_stay_ended():
    assert [states.ORDER[end] for end in ("withdrawn", "expired", "refused")] == [frozenset()] * 3


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
        (["dispatched", "returned"], "completed", "in_preparation"),
    ],
)
def test_order_stands_where_its_items_stand(items, current, expected):
    assert states.order_state_for(items, current) == expected
