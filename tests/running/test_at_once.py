"""Many people at the same moment, and a mail server that is away: real processes, real requests."""

import json
import re
import threading

import pytest

from tests.conftest import LoopbackController
from tests.mailbox import Mailbox

from .citizen import DECLARED, TOKEN, Citizen
from .clerk import Clerk
from .crowd import OPTIONS
from .host import RunningHost
from .report import SCRIPT
from .test_kills import PLAIN

pytestmark = pytest.mark.slow

SENDERS = 50


@pytest.fixture(
    scope="module", params=PLAIN, ids=lambda plain: "as wagtail start leaves SQLite" if plain else "tuned"
)
def host(request, tmp_path_factory, mailbox):
    """For all tests, each of which has a citizen of its own."""
    folder = tmp_path_factory.mktemp("host")
    running = RunningHost(folder, smtp_port=mailbox.port, plain_sqlite=request.param, **OPTIONS)
    running.prepare()
    running.start()
    yield running
    running.stop()


def at_once(calls):
    """What each call returned; all start at the same moment."""
    start, answers = threading.Barrier(len(calls)), {}

    def run(number, call):
        start.wait()
        answers[number] = call()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(calls))]


def orders_of(host, citizen):
    orders = json.loads(host.manage("shell", "-v0", "-c", SCRIPT))["orders"]
    return [order for order in orders if order["email"] == citizen.email]


def mails_about(reference, mailbox):
    return [mail for mail in mailbox.messages if reference in mail["Subject"]]


def test_the_same_order_sent_fifty_times_is_one(host):
    citizen = Citizen(host.url, 1)
    check = citizen.as_far_as_check()
    form = {**DECLARED, "csrfmiddlewaretoken": TOKEN.search(citizen.ask("get", host.url + check).text)[1]}
    sent = at_once([lambda: citizen.ask("post", host.url + check, data=form)] * SENDERS)
    (order,) = orders_of(host, citizen)
    assert {citizen.reference_of(response) for response in sent} == {order["reference"]}
    assert (order["whole"], order["mails"], order["logged"]) == (True, 1, 1)


def test_one_of_two_clerks_is_told_that_the_other_was_first(host):
    citizen = Citizen(host.url, 2)
    reference = citizen.order()
    clerks = [Clerk(host.url), Clerk(host.url)]
    case = clerks[0].open_case(reference)
    item = re.search(r"do/found/\?item=([0-9a-f-]{36})", clerks[0].session.get(host.url + case).text)[1]
    step = f"{case}do/found/?item={item}"
    forms = [{**clerk.form(step), "fee_minor": "5"} for clerk in clerks]
    answers = at_once(
        [
            lambda clerk=clerk, form=form: clerk.session.post(host.url + step, data=form, timeout=60).text
            for clerk, form in zip(clerks, forms, strict=True)
        ]
    )
    told = ["Somebody else changed this order meanwhile" in answer for answer in answers]
    assert sorted(told) == [False, True]
    (order,) = orders_of(host, citizen)
    assert order["found"] == 1


def test_mails_wait_for_a_mail_server_that_is_away(host, mailbox, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(mailbox, "reject", "421 4.3.2 Not now")
        citizen = Citizen(host.url, 3)
        reference = citizen.order()
        host.deliver()
        assert not mails_about(reference, mailbox)
    host.manage("shell", "-v0", "-c", DUE_NOW)
    host.deliver()
    mails = mails_about(reference, mailbox)
    assert {mail["To"] for mail in mails} == {citizen.email, "maticar@example.org"}


def test_mails_wait_for_a_mail_server_that_does_not_answer(tmp_path):
    """Nobody listens at the port yet."""
    mailbox = Mailbox()
    later = LoopbackController(mailbox)
    host = RunningHost(tmp_path, smtp_port=later.port)
    host.prepare()
    host.start()
    try:
        reference = Citizen(host.url, 1).order()
        host.deliver()
        assert not mailbox.messages
        later.start()
        host.manage("shell", "-v0", "-c", DUE_NOW)
        host.deliver()
        assert mails_about(reference, mailbox)
    finally:
        later.stop()
        host.stop()


DUE_NOW = (
    "from wagtail_diaspora.outbox.models import Message; from django.utils import timezone; "
    "Message.objects.update(due_at=timezone.now())"
)
