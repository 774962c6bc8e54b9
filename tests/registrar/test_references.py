import re

import pytest

from wagtail_diaspora.registrar.references import ALPHABET, new_reference, normalise


def test_new_reference_has_no_confusable_letters_and_is_itself():
    for reference in {new_reference() for _ in range(200)}:
        assert re.fullmatch(f"[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}", reference)
        assert normalise(reference) == reference
    assert not set("ILOU01") & set(ALPHABET)


def test_reference_is_read_however_it_was_typed():
    reference = new_reference()
    assert normalise(f" {reference.lower().replace('-', ' ')} ") == reference


def test_one_wrong_character_is_noticed():
    reference = new_reference()
    for at, letter in enumerate(reference):
        if letter != "-":
            other = ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]
            assert normalise(reference[:at] + other + reference[at + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "abc", "7KM-2XQ", "Čć" * 9, "2" * 100])
def test_other_text_is_no_reference(typed):
    assert normalise(typed) is None
