"""A process that tells partners, or does another round: `python -m tests.syndication.worker [TABLE [ROUND]]`.

With a table it stops behind its first row there, before the commit, and says so: then it can be killed.
"""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.outbox.worker_settings"
django.setup()

from django.db import connection  # noqa: E402

from wagtail_diaspora.syndication.actions import rounds  # noqa: E402


class StopBehind:
    def __init__(self, table: str):
        self.into = f'INTO "{table}"'

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("INSERT") and self.into in sql:
            sys.stdout.write("held\n")
            sys.stdout.flush()
            time.sleep(60)
        return result


def main(table: str = "", name: str = "tell") -> None:
    work = getattr(rounds, name)
    if table:
        with connection.execute_wrapper(StopBehind(table)):
            work()
    else:
        sys.stdout.write(f"{work()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
