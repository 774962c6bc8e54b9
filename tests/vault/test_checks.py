import pytest
from django.test import override_settings

from wagtail_diaspora.vault import checks, keys

LINE = keys.new_line("one")


def ids(check, **ours):
    with override_settings(WAGTAIL_DIASPORA=ours):
        found = check()
    assert all(message.hint for message in found)
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([LINE], []),
        ([], ["diaspora_vault.W001"]),
        (["one:abc"], ["diaspora_vault.E002"]),
        ([LINE, LINE], ["diaspora_vault.E003"]),
    ],
)
def test_keys_are_checked(lines, expected):
    assert ids(checks.check_keys, KEYS=lines) == expected


def test_key_file_beside_the_data_or_open_to_others_is_told(tmp_path):
    path = tmp_path / "keys"
    path.write_text(LINE)
    path.chmod(0o644)
    beside = ids(checks.check_key_file, KEY_FILE=path, PRIVATE_ROOT=tmp_path)
    assert beside == ["diaspora_vault.W004", "diaspora_vault.W005"]
    path.chmod(0o600)
    assert ids(checks.check_key_file, KEY_FILE=path, PRIVATE_ROOT=tmp_path / "private") == []


def test_private_root_is_there_and_not_public(tmp_path):
    assert ids(checks.check_private_root) == ["diaspora_vault.E006"]
    assert ids(checks.check_private_root, PRIVATE_ROOT=tmp_path) == []
    with override_settings(MEDIA_ROOT=tmp_path):
        assert ids(checks.check_private_root, PRIVATE_ROOT=tmp_path / "p") == ["diaspora_vault.E007"]


def test_private_storage_is_one_of_the_hosts(settings):
    assert ids(checks.check_private_root, PRIVATE_STORAGE="diaspora") == ["diaspora_vault.E009"]
    backend = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "diaspora": backend}):
        assert ids(checks.check_private_root, PRIVATE_STORAGE="diaspora") == []
