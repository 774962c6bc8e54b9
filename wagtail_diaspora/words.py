"""Words that a row keeps by language: `{"bs": "…", "de": "…"}`.

Public API: `WordsField`, `WordsFormField`, `say`.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import get_language

from . import conf

__all__ = ["WordsField", "WordsFormField", "say"]


def say(words: Mapping[str, str] | None, language: str | None = None) -> str:
    """The words in `language`, or in the next one of the fallback chain that has any."""
    words = words or {}
    chain = (language or get_language() or "", *conf.FALLBACK_LANGUAGES, *words)
    return next((words[code] for code in chain if words.get(code)), "")


class WordsInput(forms.MultiWidget):
    """One labelled input for each of the citizen's languages."""

    template_name = "wagtail_diaspora/forms/words.html"

    def __init__(self, rows: int = 1, attrs: dict | None = None):
        self.codes = tuple(conf.LANGUAGES)
        single = forms.TextInput if rows == 1 else forms.Textarea
        options = {} if rows == 1 else {"rows": rows}
        super().__init__({code: single(attrs={**options, "lang": code}) for code in self.codes}, attrs)

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code in self.codes]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        from .citizens import language_name

        context = super().get_context(name, value, attrs)
        for code, subwidget in zip(self.codes, context["widget"]["subwidgets"], strict=True):
            subwidget["language"] = language_name(code)
        return context


class WordsFormField(forms.MultiValueField):
    def __init__(self, *, rows: int = 1, **options: Any):
        fields = [forms.CharField(required=False) for _code in conf.LANGUAGES]
        options.pop("encoder", None)
        options.pop("decoder", None)
        super().__init__(fields, **{"widget": WordsInput(rows=rows), "require_all_fields": False, **options})

    def compress(self, values: list[str]) -> dict[str, str]:
        codes = conf.LANGUAGES
        return {code: text for code, text in zip(codes, values, strict=False) if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.compress(list(data or [])) != (initial or {})


class WordsField(models.JSONField):
    """JSON of texts by language; `rows` is the height of its inputs."""

    def __init__(self, *args: Any, rows: int = 1, **kwargs: Any):
        self.rows = rows
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return models.Field.formfield(self, **{"form_class": WordsFormField, "rows": self.rows, **kwargs})
