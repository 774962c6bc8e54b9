import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from wagtail_diaspora.exceptions import KeysMissing, Tampered
from wagtail_diaspora.vault import crypto, keys

FIRST, SECOND = keys.new_line("one"), keys.new_line("two")


def ring(*lines):
    return override_settings(WAGTAIL_DIASPORA={"KEYS": lines})


@given(st.binary(max_size=300), st.text(max_size=30))
def test_seal_opens_at_its_place(plain, place):
    assert crypto.unseal(crypto.seal(plain, place=place), place=place) == plain


def test_seal_does_not_open_elsewhere():
    with pytest.raises(Tampered):
        crypto.unseal(crypto.seal(b"Mara", place="a:1:name"), place="a:2:name")


def test_seal_does_not_open_when_any_byte_changes():
    sealed = crypto.seal(b"Mara", place="here")
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((Tampered, KeysMissing)):
            crypto.unseal(bytes(changed), place="here")


@pytest.mark.parametrize("rubbish", [b"", b"\1", b"\1\xff" + b"x" * 40, b"\2\5abcde" + b"x" * 40])
def test_unseal_rubbish_is_an_error_of_ours(rubbish):
    with pytest.raises((Tampered, KeysMissing)):
        crypto.unseal(rubbish, place="here")


def test_old_key_still_opens_and_new_key_seals():
    with ring(FIRST):
        old = crypto.seal(b"Mara", place="here")
    with ring(SECOND, FIRST):
        assert crypto.unseal(old, place="here") == b"Mara"
        assert crypto.key_id_of(crypto.seal(b"Mara", place="here")) == "two"
    with ring(SECOND), pytest.raises(KeysMissing):
        crypto.unseal(old, place="here")


def test_digest_depends_on_kind_value_and_key():
    with ring(FIRST):
        found = {crypto.digest("name", "mara"), crypto.digest("email", "mara"), crypto.digest("name", "ana")}
        again = crypto.digest("name", "mara")
    with ring(SECOND, FIRST):
        found.add(crypto.digest("name", "mara"))
        assert again in crypto.digests("name", "mara")
    assert len(found) == 4 and all(len(one) == 16 for one in found)


def test_no_keys_is_an_error_that_says_what_to_do():
    with override_settings(WAGTAIL_DIASPORA={}), pytest.raises(KeysMissing, match="diaspora_keys new"):
        crypto.seal(b"", place="")


@pytest.mark.parametrize("line", ["", "one", "one:", "one:AAAA", "o ne:" + "A" * 44, "one:" + "ž" * 44])
def test_key_of_another_form_is_refused_without_quoting_it(line):
    with pytest.raises(KeysMissing) as error:
        keys.parse(line)
    assert "A" * 4 not in str(error.value)


def test_key_file_is_read_and_comments_are_not(tmp_path):
    path = tmp_path / "keys"
    path.write_text(f"# the ring\n{FIRST}\n\n{SECOND}\n")
    with override_settings(WAGTAIL_DIASPORA={"KEY_FILE": path}):
        assert [key.id for key in keys.ring()] == ["one", "two"]
