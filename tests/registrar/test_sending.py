"""What one network may send, counted with the orders themselves."""

import pytest
from django.utils import timezone
from django_smart_ratelimit.models import RateLimitCounter

from tests.factories.registrar import a_submission, an_office
from wagtail_diaspora.exceptions import LimitReached
from wagtail_diaspora.registrar.actions import sending
from wagtail_diaspora.registrar.models import Draft, Order

pytestmark = pytest.mark.django_db
NETWORK, OTHER = b"1" * 16, b"2" * 16


@pytest.fixture(autouse=True)
def _two_an_hour(settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": {"send": (2, 3600)}}


@pytest.fixture
def send():
    office = an_office()

    def send(draft=None, *, network=NETWORK):
        draft = draft or Draft.objects.create(
            municipality=office, secret_hash="", language="bs", network_digest=b"", expires_at=timezone.now()
        )
        return sending.send(draft, a_submission(office), files=False, network=network)

    return send


def counted():
    return list(RateLimitCounter.objects.values_list("count", flat=True))


def test_what_is_too_much_stays_a_draft(send):
    send(), send()
    with pytest.raises(LimitReached):
        send()
    assert Draft.objects.filter(sent_at=None).count() == 1
    assert (Order.objects.count(), counted()) == (2, [2])


def test_another_network_has_its_own_count(send):
    for network in (NETWORK, OTHER, NETWORK, OTHER):
        send(network=network)
    assert (Order.objects.count(), counted()) == (4, [2, 2])


def test_pressing_again_is_no_second_order(send):
    order = send()
    draft = Draft.objects.get()
    assert [send(draft) for _time in range(3)] == [order] * 3
    assert counted() == [1]
