import pytest

from tests.bulletin.examples import tell
from tests.factories.news import a_list, an_example
from tests.factories.syndication import a_town


@pytest.fixture
def town(db):
    return a_town()


@pytest.fixture
def examples(town):
    """Keys of the items of three examples that anybody may read, the oldest first."""
    listing = a_list(town.site.root_page)
    return [tell(town, an_example(listing, title)) for title in ("Čitanka", "Škola", "Đačka kuhinja")]
