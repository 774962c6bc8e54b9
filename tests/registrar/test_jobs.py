from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.registrar import an_order
from wagtail_diaspora.registrar.jobs import forget_codes
from wagtail_diaspora.registrar.models import OneTimeCode

pytestmark = pytest.mark.django_db


def test_codes_go_a_day_after_their_time():
    order, now = an_order(), timezone.now()
    for hours in (-25, -23, 1):
        ends = now + timedelta(hours=hours)
        OneTimeCode.objects.create(order=order, purpose="paper", code_hash="x", expires_at=ends)
    assert (forget_codes(), forget_codes()) == ("1 codes removed", None)
    assert OneTimeCode.objects.filter(expires_at__gt=now - timedelta(days=1)).count() == 2
