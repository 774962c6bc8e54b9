from datetime import timedelta

import pytest

from wagtail_diaspora.outbox import backoff


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(0, 1), (1, 1), (2, 3), (3, 9), (4, 27), (5, 81), (6, 243), (7, 720), (500, 720)],
)
def test_delay_grows_to_half_a_day(attempts, minutes):
    assert backoff.delay(attempts) == timedelta(minutes=minutes)


def test_jittered_delay_stays_within_a_fifth():
    rests = {backoff.jittered(2) for _ in range(50)}
    assert len(rests) > 1
    assert timedelta(minutes=2.4) <= min(rests) <= max(rests) <= timedelta(minutes=3.6)
