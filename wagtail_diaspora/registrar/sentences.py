"""Ready sentences of the applicant, which the office reads in its own language.

Public API: `SENTENCES`, `reading`.
"""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from .shipped import in_all_languages

__all__ = ["SENTENCES", "reading"]

SENTENCES = {
    "picture": _("Here is a better picture of my identity document."),
    "paid": _("I have paid. The proof is attached."),
    "when": _("When will my document be ready?"),
    "address": _("My address has changed. I write the new one below."),
    "name": _("The name may be written differently in the register, as I write below."),
    "cancel": _("Please cancel one of the documents. I write below which one."),
}


def reading(text: str) -> str:
    """A message with every ready sentence that stands on a line of its own in the active language.

    Empty where that is what was written.
    """
    written = text.splitlines()
    read = [str(_known().get(line.strip(), line)) for line in written]
    return "" if read == written else "\n".join(read)


@cache
def _known() -> dict[str, Any]:
    """By what was said, in whatever language."""
    return {said: words for words in SENTENCES.values() for said in in_all_languages(words).values()}
