"""A process that tells partners, or does another round.

With a table it stops behind its first row there, before the commit, and says so: then it can be killed.
"""

import sys
import time

from django.db import connection

from wagtail_diaspora.syndication.actions import rounds


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
