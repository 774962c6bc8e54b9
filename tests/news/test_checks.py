import pytest

from wagtail_diaspora.news import checks

OF_A_NEW_SITE = ["csv", "docx", "key", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [(OF_A_NEW_SITE, ["diaspora_news.W001"]), ([*OF_A_NEW_SITE, "MP3"], []), (None, []), ([], [])],
)
def test_a_site_that_takes_no_recordings_is_told(settings, accepted, expected):
    settings.WAGTAILDOCS_EXTENSIONS = accepted
    assert [found.id for found in checks.recordings_can_be_uploaded(None)] == expected
