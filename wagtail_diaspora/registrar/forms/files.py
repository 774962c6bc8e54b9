from django import forms
from django.utils.translation import gettext_lazy as _

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
        chosen = data if isinstance(data, (list, tuple)) else [data]
        return [file for file in (single(one, initial) for one in chosen) if file]


class UploadForm(forms.Form):
    files = MultipleFileField(
        label=_("Choose pictures or PDF files"),
        required=False,
        help_text=_("JPEG, PNG, HEIC or PDF, up to 10 MB each. A photograph made with your phone is fine."),
    )


class IdentityForm(UploadForm):
    """Pictures of the identity document; what was uploaded before stays."""

    def __init__(self, *args, have: int, required: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].label = _("A picture of your passport or identity card")
        self.fields["files"].required = required and not have
        self.fields["files"].error_messages["required"] = _(
            "Choose a picture of your passport or identity card, so that the office knows who asks."
        )
