import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault import crypto, files, keys
from wagtail_diaspora.vault.models import PrivateFile

OLD, NEW = keys.new_line("old"), keys.new_line("new")


@pytest.fixture
def ring(settings, tmp_path):
    ours = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path / "private"}

    def use(*lines):
        settings.WAGTAIL_DIASPORA = {**ours, "KEYS": lines}

    return use


def rotate():
    out = io.StringIO()
    call_command("diaspora_rotate_keys", stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_rotation_makes_the_old_key_needless(ring):
    ring(OLD)
    Message.objects.create(
        key="a",
        subject_key="a",
        scope="t:1",
        message_id="<a@x>",
        recipient="mara@example.net",
        payload={"n": 1},
    )
    files.store(b"scan", scope="t:1", name="a.jpg", content_type="image/jpeg")
    ring(NEW, OLD)
    assert "diaspora_outbox.Message: 1 sealed again" in rotate()
    assert "diaspora_outbox.Message: 0 sealed again" in rotate()
    ring(NEW)
    message, file = Message.objects.get(), PrivateFile.objects.get()
    assert (message.recipient, message.payload) == ("mara@example.net", {"n": 1})
    assert (files.read(file), file.name) == (b"scan", "a.jpg")


def test_new_key_comes_first_in_its_file_and_only_the_owner_reads_it(tmp_path):
    path = tmp_path / "etc" / "keys"
    with override_settings(WAGTAIL_DIASPORA={"KEY_FILE": path}):
        for name in ("one", "two"):
            call_command("diaspora_keys", "new", id=name, stdout=io.StringIO(), stderr=io.StringIO())
            keys.ring.cache_clear()
        assert [key.id for key in keys.ring()] == ["two", "one"]
        with pytest.raises(CommandError, match="already"):
            call_command("diaspora_keys", "new", id="one")
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_check_names_the_sealing_key_and_never_prints_a_secret(ring):
    ring(NEW, OLD)
    out = io.StringIO()
    call_command("diaspora_keys", "check", stdout=out)
    assert out.getvalue() == "new seals; in the ring: new, old\n"


def test_check_without_keys_fails(ring):
    ring()
    with pytest.raises(CommandError, match="diaspora_keys new"):
        call_command("diaspora_keys", "check")


def test_what_was_sealed_names_its_key(ring):
    ring(NEW)
    assert crypto.key_id_of(crypto.seal(b"", place="")) == "new"
