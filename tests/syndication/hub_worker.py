"""A process that speaks for both sides of the chain.

With a table it stops behind its first row there, before the commit, and says so: then it can be killed.
"""

from django.db import connection

from tests.syndication.worker import StopBehind
from wagtail_diaspora.syndication.actions import members, membership_rounds


def main(table: str = "") -> None:
    with connection.execute_wrapper(StopBehind(table or "none")):
        members.call_members()
        membership_rounds.call_hubs()
