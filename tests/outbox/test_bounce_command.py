"""`diaspora_bounce`, as a mail server starts it."""

import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.outbox.notifications import exim, gmail, postfix
from tests.outbox.processes import ROOT, environment
from wagtail_diaspora.outbox import claims, dsn
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.states import State

pytestmark = pytest.mark.django_db


def row(message):
    return Message.objects.values().get(pk=message.pk)


def command(monkeypatch, content, *files):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    call_command("diaspora_bounce", *files, stdout=out)
    return out.getvalue().strip()


def test_the_command_reads_what_is_piped(smtp, sent, monkeypatch):
    assert command(monkeypatch, postfix(smtp.raw[0])) == "marked as returned"
    assert command(monkeypatch, postfix(smtp.raw[0])) == "nothing to change"
    assert command(monkeypatch, smtp.raw[0]) == "not a notice of a failed delivery"
    assert command(monkeypatch, b"") == "not a notice of a failed delivery"


def test_the_command_reads_files(smtp, sent, monkeypatch, tmp_path):
    names = []
    for number, content in enumerate([b"Subject: hello\n\nhello", gmail(smtp.raw[0])]):
        path = tmp_path / str(number)
        path.write_bytes(content)
        names.append(str(path))
    said = command(monkeypatch, b"", *names)
    assert said.splitlines() == ["0: not a notice of a failed delivery", "1: marked as returned"]


def test_the_command_takes_all_that_is_piped(monkeypatch):
    content = io.BytesIO(b"x" * (dsn.MOST_BYTES * 3))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
    call_command("diaspora_bounce", stdout=io.StringIO())
    assert content.read() == b""


def test_the_command_asks_the_mail_server_to_come_again(smtp, sent, monkeypatch):
    Message.objects.update(state=State.WAITING, sent_at=None)
    claims.claim(limit=1)
    with pytest.raises(CommandError) as refused:
        command(monkeypatch, postfix(smtp.raw[0]))
    assert refused.value.returncode == 75


def test_the_command_asks_the_mail_server_to_come_again_without_keys(smtp, sent, monkeypatch, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "KEYS": []}
    with pytest.raises(CommandError) as refused:
        command(monkeypatch, postfix(smtp.raw[0]))
    assert (refused.value.returncode, str(refused.value)) == (75, "KeysMissing, see the log")


def piped_into_a_process(content, **options):
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "diaspora_bounce"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(**options),
    )
    process.stdin.write(content)
    return process


@pytest.mark.django_db(transaction=True)
def test_mail_servers_start_it_at_once(smtp, sent):
    started = [piped_into_a_process(exim(smtp.raw[0])) for _time in range(3)]
    said = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert sorted(out.decode().strip() for out, _err in said) == [
        "marked as returned",
        "nothing to change",
        "nothing to change",
    ]
    assert row(sent)["state"] == State.FAILED
    assert not [err for _out, err in said if b"Traceback" in err or b"example.net" in err]


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_keeps_the_notice_while_the_database_is_away(smtp, sent):
    """On PostgreSQL the path is the name of a database that is not there."""
    process = piped_into_a_process(exim(smtp.raw[0]), OUTBOX_DATABASE="/nowhere/db.sqlite3")
    _out, err = process.communicate(timeout=120)
    assert (process.returncode, b"Traceback" in err) == (75, False)
    assert row(sent)["state"] == State.SENT
