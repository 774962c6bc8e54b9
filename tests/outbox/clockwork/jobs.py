import os
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from wagtail_diaspora.rooms import Job


def write_line() -> str:
    with Path(settings.CLOCKWORK_LOG).open("a") as log:
        log.write(f"{os.getpid()}\n")
    time.sleep(3)  # the other process starts meanwhile, on a busy machine too
    return "A line was written."


def fail() -> None:
    raise RuntimeError("somebody@example.net")


JOBS = [
    Job(name="clockwork.write", run=write_line, every=timedelta(hours=1)),
    Job(name="clockwork.fail", run=fail, every=timedelta(hours=1)),
]
