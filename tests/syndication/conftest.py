import pytest

from tests.factories.syndication import a_hub, a_partner, a_town
from tests.syndication.subscriber import Subscriber
from tests.syndication.web import Web
from wagtail_diaspora.syndication.channels.patience import Patience
from wagtail_diaspora.syndication.channels.websub import WebSubChannel


@pytest.fixture
def town(db):
    return a_town()


@pytest.fixture
def hub(db):
    return a_hub()


@pytest.fixture
def web(settings):
    """A website on loopback that may be read."""
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1",)}
    with Web() as server:
        yield server


@pytest.fixture
def subscriber(settings, monkeypatch):
    """Somebody who wants our feeds, on loopback; other tests have not used up our patience."""
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1",)}
    monkeypatch.setattr(WebSubChannel, "patience", Patience())
    with Subscriber() as server:
        yield server
        server.let_go()


@pytest.fixture
def partner(town):
    return a_partner(town)
