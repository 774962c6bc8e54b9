import pytest

from tests.factories.syndication import a_town


@pytest.fixture
def town(db):
    return a_town()
