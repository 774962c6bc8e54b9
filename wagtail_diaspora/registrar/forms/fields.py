"""Fields that take what real people type."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.countries import country_choices

from .. import jmbg

APOSTROPHES = "'‘’‛`´′"  # further ones count as letters
BETWEEN_NAMES = " .,;()/-‐‑–·‧・׳״"
NO_NAME = "-"
"""Typed by whoever has one name only, where a form asks for two."""


def is_letter(character: str) -> bool:
    """A letter or combining mark of any script."""
    return unicodedata.category(character)[0] in "LM"


def name_characters(text: str) -> None:
    """Raises ValidationError for digits and signs. An apostrophe or bracket may come first: ’t Hart."""
    if text == NO_NAME:
        return
    begins = is_letter(text[0]) or text[0] in APOSTROPHES + "("
    inside = all(is_letter(c) or c in APOSTROPHES + BETWEEN_NAMES for c in text)
    if not (begins and inside and any(map(str.isalpha, text))):
        raise ValidationError(
            _("Write the name with letters only; spaces, hyphens and apostrophes are fine."), code="name"
        )


def latin_characters(text: str) -> None:
    """Raises ValidationError for letters that a post office abroad, and our fonts, may not know."""
    if not all(
        unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha() and c not in "ʻʼʾʿªº"
    ):
        raise ValidationError(
            _("Write the address in Latin letters, as the post of that country reads it."), code="latin"
        )


class CleanCharField(forms.CharField):
    """Text in one normal form, without control characters or runs of spaces."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        text = "".join(c for c in text if c in "\n\t " or unicodedata.category(c)[0] != "C")
        return unicodedata.normalize("NFC", self._spaces(text)).strip()

    def _spaces(self, text: str) -> str:
        return " ".join(text.split())


class LinesField(CleanCharField):
    """Text of several lines."""

    widget = forms.Textarea

    def _spaces(self, text: str) -> str:
        return "\n".join(" ".join(line.split()) for line in text.splitlines())


class NameField(CleanCharField):
    default_validators = [name_characters]
    default_error_messages = {"required": _("Write the name, or a hyphen (-) where there is none.")}

    def __init__(self, **options: Any):
        super().__init__(**{"max_length": 120, **options})


class PlaceField(CleanCharField):
    def __init__(self, **options: Any):
        super().__init__(**{"max_length": 160, **options})


class Countries(BaseChoiceIterator):
    """All countries in the reader's language; a list would be copied and checked with every form."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(country_choices())


class CountryField(forms.ChoiceField):
    def __init__(self, **options: Any):
        widget = forms.Select(attrs={"autocomplete": "country"})
        super().__init__(**{"choices": Countries(), "widget": widget, **options})


class JMBGField(CleanCharField):
    """A number that was `kept` before is shown masked; posting the mask back keeps it."""

    kept = ""

    def __init__(self, **options: Any):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "diaspora-short"})
        super().__init__(**{"max_length": 20, "widget": widget, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if self.kept and text == jmbg.masked(self.kept):
            return self.kept
        try:
            return jmbg.clean(text)
        except ValueError as error:
            raise ValidationError(error.args[0], code="jmbg") from None


class TrapField(forms.CharField):
    """Out of sight; only a program fills it in. A person who did is told how to mend it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    is_trap = True

    def __init__(self, **options: Any):
        super().__init__(**{"required": False, "label": _("Leave this field empty"), **options})

    def clean(self, value: Any) -> str:
        if value:
            raise ValidationError(_("Leave this field empty, please."), code="trap")
        return ""
