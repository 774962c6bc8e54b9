import pytest

from wagtail_diaspora.syndication import checks


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["https://hub.example.org/", "http://127.0.0.1:8000/"], []),
        ((), []),
        ("https://hub.example.org/", ["diaspora_syndication.E001"]),
        (["hub.example.org"], ["diaspora_syndication.E001"]),
        (["ftp://hub.example.org/"], ["diaspora_syndication.E001"]),
        ([None], ["diaspora_syndication.E001"]),
        (None, ["diaspora_syndication.E001"]),
    ],
)
def test_hubs_that_are_no_addresses_are_named(settings, value, expected):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "WEBSUB_HUBS": value}
    assert [found.id for found in checks.hubs_are_addresses(None)] == expected
