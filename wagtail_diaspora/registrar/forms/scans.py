"""Scans of papers, one field for each kind, in a clerk's forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import UploadRefused
from wagtail_diaspora.vault.inspection import inspect

from ..models.thread import FileKind
from .files import MultipleFileField


class ScansMixin(forms.Form):
    """Adds a field for each of `KINDS`, and says when they are too many or too large together."""

    KINDS: tuple[FileKind, ...]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for kind in self.KINDS:
            self.fields[kind.value] = MultipleFileField(label=kind.label, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen = [file for kind in self.KINDS for file in cleaned.get(kind.value, ())]
        if len(chosen) > conf.DRAFT_MAX_FILES:
            most = conf.DRAFT_MAX_FILES
            raise ValidationError(
                ngettext("Choose %(count)s file at most.", "Choose %(count)s files at most.", most)
                % {"count": most}
            )
        if sum(file.size for file in chosen) > conf.DRAFT_MAX_BYTES:
            raise ValidationError(_("The files are too large together. Choose fewer or smaller ones."))
        return cleaned

    def inspected(self) -> list:
        """What was chosen, each with its kind; one that is refused becomes an error of its field."""
        found = []
        for kind in self.KINDS:
            for upload in self.cleaned_data.get(kind.value, ()):
                try:
                    found.append((kind.value, inspect(upload)))
                except UploadRefused as error:
                    self.add_error(kind.value, f"{upload.name}: {error}")
                    break
        return found
