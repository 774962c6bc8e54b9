import pytest

from tests.browser.conftest import mailbox

from .plain import PlainHost

__all__ = ["mailbox"]


@pytest.fixture(scope="session")
def plain_host(tmp_path_factory):
    """A running `wagtail start` site with the package and one office."""
    host = PlainHost(tmp_path_factory.mktemp("plain"))
    host.make()
    host.install()
    try:
        host.start()
        yield host
    finally:
        host.stop()
