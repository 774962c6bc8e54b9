from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.vault.refusals import megabytes
from wagtail_diaspora.words import say

from .controls import CitizenForm

ACCEPTED = "image/jpeg,image/png,image/heic,image/heif,application/pdf"


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class MultipleFileField(forms.FileField):
    """Any number of files, as a list."""

    widget = MultipleFileInput

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs["accept"] = ACCEPTED

    def clean(self, data, initial=None) -> list:
        single = super().clean
        chosen = (data if isinstance(data, (list, tuple)) else [data]) or [None]
        return [file for file in (single(one, initial) for one in chosen) if file]


class UploadForm(CitizenForm):
    files = MultipleFileField(
        label=_("Choose pictures or PDF files"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["files"].help_text = _(
            "JPEG, PNG, HEIC or PDF, up to %(megabytes)s MB each. A photograph made with your phone is fine."
        ) % {"megabytes": megabytes()}


class IdentityForm(UploadForm):
    """Pictures of the identity document and of papers; what was uploaded before stays."""

    papers = MultipleFileField(label=_("Paper that shows that you may ask"), required=False)

    def __init__(self, *args: Any, have: dict, required: bool, papers: list, **kwargs: Any):
        super().__init__(*args, **kwargs)
        identity = self.fields["files"]
        identity.label = _("A picture of your passport or identity card, of any country")
        identity.required = required and not have["files"]
        identity.error_messages["required"] = _(
            "Choose a picture of your passport or identity card, so that the office knows who asks."
        )
        if not papers:
            del self.fields["papers"]
            return
        field = self.fields["papers"]
        field.help_text = "; ".join(f"{name}: {say(paper.paper, get_language())}" for name, paper in papers)
        field.required = not have["papers"] and any(paper.paper_required for _name, paper in papers)
        field.error_messages["required"] = _("Choose a picture of this paper; the office needs it.")
