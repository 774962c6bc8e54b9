import pytest

from tests.factories.syndication import a_town
from wagtail_diaspora.syndication.actions import polling


@pytest.fixture
def town(db):
    """Another one than whose feeds it reads."""
    return a_town("mi.example.org")


@pytest.fixture(autouse=True)
def _short_pause(monkeypatch):
    """Between two requests to one host."""
    monkeypatch.setattr(polling, "PAUSE", 0.02)
