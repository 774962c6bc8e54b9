"""Fields that take what real people type."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.countries import country_choices

from .. import jmbg

# Letters and marks of any script, spaces, hyphens, full stops and every apostrophe that keyboards have.
name_characters = RegexValidator(
    r"^[^\W\d_](?:[^\W\d_]|[\u0300-\u036f .,'’ʼ`´()/‐‑–-])*$",
    _("Write the name with letters only; spaces, hyphens and apostrophes are fine."),
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
    def __init__(self, **options: Any):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "diaspora-short"})
        super().__init__(**{"max_length": 20, "widget": widget, **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
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
