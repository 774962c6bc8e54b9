import pytest

from tests.factories.remote import at_once
from tests.syndication.passing.readings import FEED


@pytest.fixture
def source(hub):
    """Read once already, when it had nothing."""
    return at_once(hub, FEED, name="Općina Drugi", home_url="https://drugi.example.org/", starts_anew=False)
