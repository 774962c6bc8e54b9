import html

import pytest

from tests.factories.news import a_list


@pytest.fixture
def listing():
    """A list of news on a site of its own."""
    return a_list()


@pytest.fixture
def show(client):
    """The text of a page as a visitor of that site gets it; it must be there."""

    def ask(shown, **query):
        site = shown.get_site()
        response = client.get(shown.relative_url(site), query, headers={"host": site.hostname})
        assert response.status_code == 200
        return html.unescape(response.content.decode())

    return ask
