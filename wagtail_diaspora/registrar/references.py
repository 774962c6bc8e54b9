"""References that people read aloud: no confusable letters, a check character at the end."""

import secrets

from stdnum import luhn

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM = 8


def new_reference() -> str:
    """Nine characters in groups of three, `7KM-2XQ-9TB`; the last one checks the others."""
    number = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return _grouped(number + luhn.calc_check_digit(number, alphabet=ALPHABET))


def normalise(typed: str) -> str | None:
    """The reference that somebody typed, or None when its check character does not agree."""
    compact = "".join(c for c in typed.upper() if c in ALPHABET)
    if len(compact) != _RANDOM + 1 or not luhn.is_valid(compact, alphabet=ALPHABET):
        return None
    return _grouped(compact)


def _grouped(compact: str) -> str:
    return "-".join(compact[i : i + 3] for i in range(0, len(compact), 3))
