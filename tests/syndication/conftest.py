import pytest

from tests.factories.syndication import a_town
from tests.syndication.web import Web


@pytest.fixture
def town(db):
    return a_town()


@pytest.fixture
def web(settings):
    """A website on loopback that may be read."""
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1",)}
    with Web() as server:
        yield server
