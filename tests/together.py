"""How the tests are shared out among the workers of xdist: one by one, in their order."""

from xdist.scheduler import LoadScopeScheduling

# What takes long to make is made by one worker; none of these tests empties the database.
TOGETHER = (
    "tests/browser/",
    "tests/hosts/test_plain_host.py",
    "tests/packaging/test_wheel.py",
    "tests/registrar/test_papers.py",
    "tests/running/test_at_once.py",
    "tests/vault/test_inspection.py",
)


class Scheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return next((path for path in TOGETHER if nodeid.startswith(path)), nodeid)
