"""A process that speaks for both sides of the chain: `python -m tests.syndication.hub_worker [TABLE]`.

With a table it stops behind its first row there, before the commit, and says so: then it can be killed.
"""

import sys

from tests.syndication.worker import StopBehind

from django.db import connection  # isort: skip

from wagtail_diaspora.syndication.actions import members, membership_rounds  # isort: skip


def main(table: str = "") -> None:
    with connection.execute_wrapper(StopBehind(table or "none")):
        members.call_members()
        membership_rounds.call_hubs()


if __name__ == "__main__":
    main(*sys.argv[1:])
