import signal
import time

import pytest
from django.core.management import CommandError, call_command

from tests.factories.outbox import MailArgumentsFactory
from tests.outbox import processes
from wagtail_diaspora.outbox.actions import post_mail
from wagtail_diaspora.outbox.models import PeriodicRun

pytestmark = pytest.mark.django_db(transaction=True)


def tick(*arguments, log="", port=1):
    env = processes.environment(port=port, OUTBOX_JOB_LOG=str(log))
    return processes.command("diaspora_tick", *arguments, env=env)


def test_tick_delivers_and_shows_in_the_last_runs(smtp):
    message = post_mail(**MailArgumentsFactory())
    call_command("diaspora_tick", verbosity=0)
    assert smtp.ids == [message.message_id]
    assert {"outbox.deliver", "outbox.erase"} <= set(PeriodicRun.objects.values_list("name", flat=True))


def test_tick_only_runs_that_job():
    call_command("diaspora_tick", only="outbox.erase", verbosity=0)
    assert [run.name for run in PeriodicRun.objects.all()] == ["outbox.erase"]


def test_tick_names_the_jobs_when_there_is_no_such():
    with pytest.raises(CommandError, match=r"outbox\.deliver"):
        call_command("diaspora_tick", only="nothing")


def test_two_ticks_at_once_run_a_job_once(tmp_path):
    log = tmp_path / "log"
    pair = [tick("--only", "clockwork.write", log=log) for _ in range(2)]
    processes.finish(*pair)
    assert len(log.read_text().splitlines()) == 1


def test_failing_job_fails_the_tick_but_not_the_other_jobs(tmp_path):
    log = tmp_path / "log"
    process = tick(log=log)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "clockwork.fail" in errors
    assert "somebody@example.net" not in errors
    assert len(log.read_text().splitlines()) == 1
    assert PeriodicRun.objects.filter(failed=False).count() >= 3


def test_loop_delivers_and_ends_on_sigterm(smtp):
    process = tick("--loop", port=smtp.port)
    message = post_mail(**MailArgumentsFactory())
    end = time.monotonic() + 40
    while not smtp.ids and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    started = time.monotonic()
    processes.finish(process)
    assert time.monotonic() - started < 5
    assert smtp.ids == [message.message_id]
