from collections.abc import Mapping
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from ..sentences import SENTENCES
from .controls import CitizenForm
from .fields import CleanCharField, LinesField, TrapField
from .files import UploadForm


class MessageForm(UploadForm):
    """A message to the office; `key` makes a form that comes twice one message."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    sentence = forms.ChoiceField(
        label=_("Ready sentences"),
        choices=[("", "—"), *SENTENCES.items()],
        required=False,
        help_text=_("The office reads such a sentence in its own language. Add pictures after that."),
    )
    body = LinesField(
        label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    field_order = ("key", "sentence", "body", "files")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].label = _("Add pictures or PDF files")

    @classmethod
    def with_sentence(cls, typed: Mapping[str, str]) -> Self:
        """A new form with what was typed, and the chosen sentence on a line below it."""
        chosen = SENTENCES.get(typed.get("sentence", ""), "")
        lines = filter(None, [typed.get("body", "").rstrip(), str(chosen)])
        return cls(initial={"key": typed.get("key"), "body": "\n".join(lines)})


class PaidForm(UploadForm):
    asks_all_alike = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="paid_%s", **kwargs)
        self.fields["files"].label = _("A picture of the payment slip")


class SignedForm(UploadForm):
    """The request that was printed and signed by hand; `key` makes a form that comes twice one message."""

    asks_all_alike = True

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="signed_%s", **kwargs)
        files = self.fields["files"]
        files.label, files.required = _("A photograph or scan of the signed request"), True
        files.error_messages["required"] = _("Choose a photograph or scan of the signed request.")


class CodeForm(CitizenForm):
    code = CleanCharField(
        label=_("The code from our e-mail"),
        max_length=12,
        help_text=_("Six digits. The e-mail may take some minutes; look among unwanted mail too."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "diaspora-short"}
        ),
    )


class LostLinkForm(CitizenForm):
    email = forms.EmailField(
        label=_("The e-mail address that you ordered with"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    reference = CleanCharField(
        label=_("Reference of the order"),
        max_length=20,
        help_text=_("Nine letters and digits, for example 7KM-2XQ-9TB."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "diaspora-short"}),
    )
    diaspora_leave_empty = TrapField()


class ProofForm(CitizenForm):
    code = CleanCharField(
        label=_("The code on the paper"),
        max_length=40,
        help_text=_("Sixteen letters and digits in four groups."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
