"""One process of P9: `fill N`, `all-done N`, or a worker: `ours N`, `peer N`."""

import os
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django_tasks_db.compat import TaskResultStatus  # noqa: E402
from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402
from django_tasks_db.models import DBTaskResult, get_date_max  # noqa: E402

from benchmarks.outbox_tasks import deliver_mail  # noqa: E402
from tests.outbox.memory import MemoryChannel  # noqa: E402
from wagtail_diaspora.outbox.actions import Mail, deliver_due, post_mails  # noqa: E402
from wagtail_diaspora.outbox.channels import registry  # noqa: E402
from wagtail_diaspora.outbox.models import Message  # noqa: E402
from wagtail_diaspora.outbox.states import State  # noqa: E402

TEXT = "Poštovana, Vaša narudžba je primljena. Ваша наруџба је примљена.\n" * 20


def a_mail(number: int) -> Mail:
    return Mail(
        key=f"order-{number}:received",
        subject_key=f"order-{number}",
        scope="municipality:1",
        to=f"citizen{number}@example.net",
        subject="Narudžba je primljena",
        text=TEXT,
        html=f"<p>{TEXT}</p>",
        reply_to="maticar@example.org",
        language="bs",
    )


def fill(count: int) -> None:
    Message.objects.all().delete()
    DBTaskResult.objects.all().delete()
    mails = [a_mail(number) for number in range(count)]
    post_mails(mails)
    Message.objects.update(channel=MemoryChannel.name)
    DBTaskResult.objects.all().delete()
    DBTaskResult.objects.bulk_create(as_task(mail) for mail in mails)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE)")


def as_task(mail: Mail) -> DBTaskResult:
    """The row that `deliver_mail.enqueue(mail.to, mail.payload)` writes."""
    arguments = {"args": [mail.to, mail.payload], "kwargs": {}}
    return DBTaskResult(
        args_kwargs=arguments,
        task_path=deliver_mail.module_path,
        backend_name="default",
        run_after=get_date_max(),
    )


def all_done(count: int) -> None:
    ours = Message.objects.filter(state=State.SENT).count()
    peer = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).count()
    assert (ours, peer) == (count, count), f"Not all was done: ours {ours}, peer {peer} of {count}."


def run_ours(count: int) -> None:
    deliver_due(limit=count)


def run_peer(count: int) -> None:
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=count,
        worker_id=str(os.getpid()),
        excluded_queue_names=[],
    ).run()


def work(run, count: int) -> None:
    registry.register(MemoryChannel)
    Message.objects.exists()
    print("ready", flush=True)
    sys.stdin.readline()
    run(count)
    print(len(MemoryChannel.delivered), flush=True)


def main(verb: str, count: str) -> None:
    match verb:
        case "fill":
            fill(int(count))
        case "all-done":
            all_done(int(count))
        case "ours":
            work(run_ours, int(count))
        case "peer":
            work(run_peer, int(count))


if __name__ == "__main__":
    main(*sys.argv[1:])
