import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.outbox import leases
from wagtail_diaspora.outbox.models import PeriodicRun
from wagtail_diaspora.rooms import Job

pytestmark = pytest.mark.django_db


def a_job(run=lambda: "Done.", **facts):
    return Job(**{"name": "test.job", "run": run, "every": timedelta(hours=1), **facts})


def test_job_runs_when_due_and_not_again_before_its_time():
    run = leases.run(a_job())
    assert (run.outcome, run.failed, run.lease_token) == ("Done.", False, "")
    assert leases.run(a_job()) is None


def test_job_of_every_minute_is_not_missed_by_a_moment():
    run = leases.run(a_job(every=timedelta(minutes=1)))
    assert run.due_at <= run.started_at + timedelta(seconds=55)


def test_forced_job_runs_before_its_time():
    leases.run(a_job())
    assert leases.run(a_job(), force=True).outcome == "Done."


def test_leased_job_is_left_alone_even_when_forced():
    leases.take(a_job(), token="other", now=timezone.now(), force=False)
    assert leases.run(a_job(), force=True) is None


def test_lease_of_a_killed_process_ends():
    past = timezone.now() - timedelta(seconds=conf.OUTBOX_LEASE_SECONDS + 1)
    leases.take(a_job(), token="killed", now=past, force=True)
    assert leases.run(a_job()).outcome == "Done."


def test_failing_job_is_noted_without_its_text(caplog):
    def fail():
        raise RuntimeError("amra@example.net")

    run = leases.run(a_job(fail))
    assert (run.failed, run.outcome) == (True, "RuntimeError")
    assert "amra" not in caplog.text


def test_clock_is_late_until_a_job_ran():
    assert (leases.last_run(), leases.is_late()) == (None, True)
    run = leases.run(a_job())
    assert (leases.last_run(), leases.is_late()) == (run.finished_at, False)


def test_clock_is_late_after_a_while():
    leases.run(a_job())
    PeriodicRun.objects.update(finished_at=timezone.now() - timedelta(minutes=conf.TICK_WARNING_MINUTES + 1))
    assert leases.is_late()


@pytest.mark.django_db(transaction=True)
def test_lease_of_a_long_job_is_renewed(settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "OUTBOX_LEASE_SECONDS": 1}

    def work_long():
        connection.close()
        time.sleep(1.6)
        row = PeriodicRun.objects.get()
        assert row.lease_until > timezone.now()
        return "Long."

    assert leases.run(a_job(work_long)).outcome == "Long."
