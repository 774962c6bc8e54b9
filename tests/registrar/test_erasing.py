from datetime import date

import pytest
from django.core.files.storage import InMemoryStorage
from django.utils import timezone

from tests.factories.registrar import ADDRESS, a_site, an_office, an_order
from tests.registrar.clerk import a_clerk
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import erasing
from wagtail_diaspora.registrar.models import Order
from wagtail_diaspora.registrar.states import OrderState, PaymentState
from wagtail_diaspora.vault.models import ErasureReceipt

pytestmark = pytest.mark.django_db


class Away(InMemoryStorage):
    def _save(self, name, content):
        raise ConnectionError("The bucket does not answer.")


@pytest.mark.parametrize("backend", ["django.core.files.storage.InMemoryStorage", f"{__name__}.Away"])
def test_all_overdue_orders_are_erased_where_files_lie_in_a_bucket(
    settings, backend, django_capture_on_commit_callbacks
):
    settings.STORAGES = {**settings.STORAGES, "bucket": {"BACKEND": backend}}
    where = {"PRIVATE_ROOT": None, "PRIVATE_STORAGE": "bucket"}
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, **where}
    office = an_office(site=a_site("primjer.example.org"))
    for _number in range(2):
        an_order(office)
    Order.objects.update(state=OrderState.WITHDRAWN, closed_at=timezone.now(), erase_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.erase_overdue() == "2 orders erased"
    assert not Order.objects.filter(erased_at=None).exists()
    assert ErasureReceipt.objects.unjournalled().count() == (2 if backend.endswith("Away") else 0)


@pytest.mark.parametrize(("country", "postage"), [("BA", 250), ("DE", 850)])
def test_what_was_asked_and_paid_stays_when_the_address_is_erased(country, postage):
    office = an_office(postage_home_minor=250, postage_abroad_minor=850)
    order = an_order(office, address={**ADDRESS, "country": country})
    clerk = a_clerk(office)
    actions.mark_found(order, user=clerk, item=order.items.get().pk, act={})
    order.refresh_from_db()
    actions.record_payment(order, user=clerk, received_on=date(2026, 1, 5))
    actions.erase(order)
    order.refresh_from_db()
    assert (order.amount_minor, order.paid_minor) == (500 + postage, 500 + postage)
    assert order.payment_state == PaymentState.RECEIVED and order.erased_at
