import os

from tests.browser.conftest import mailbox

__all__ = ["mailbox"]

# It stops its own PostgreSQL, and has nothing to say about another database.
collect_ignore = [] if os.environ.get("DIASPORA_TEST_PG") else ["test_database_restart.py"]
