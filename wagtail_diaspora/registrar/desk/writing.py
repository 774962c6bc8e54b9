"""What a clerk writes: to the applicant, with templates in both languages, or for colleagues."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import dates, money
from wagtail_diaspora.vault.refusals import megabytes
from wagtail_diaspora.words import say

from ..actions import deadlines
from ..flow import name_of
from ..forms.fields import CleanCharField, LinesField
from ..forms.scans import ScansMixin
from ..models import Item, MessageTemplate, Order
from ..models.thread import FROM_OUTSIDE, FileKind
from ..placeholders import fill
from .forms import StepForm

FOR_APPLICANT = _(
    "JPEG, PNG, HEIC or PDF, up to %(megabytes)s MB each. The applicant sees their names, and opens them "
    "with a code that we send by e-mail."
)
FOR_NOBODY = _(
    "Without an e-mail address the applicant cannot open them: the code that they need goes by e-mail."
)


class TemplatedForm(StepForm):
    """A form of which one text may begin as a template; the field named by `text` takes it."""

    compares = True
    text = "body"
    template = forms.ChoiceField(
        label=_("Template"),
        required=False,
        help_text=_("It is put into the text, where you can change it before it goes."),
    )
    field_order = ("version", "template")

    def prepare(self) -> None:
        rows = [(code, str(row)) for code, row in self.templates.items()]
        if rows:
            self.fields["template"].choices = [("", "—"), *rows]
        else:
            del self.fields["template"]

    @cached_property
    def templates(self) -> dict[str, MessageTemplate]:
        return {row.code: row for row in MessageTemplate.objects.offered_by(self.order.municipality_id)}

    def with_template(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What was typed, with the chosen template below it, as first values of a new form."""
        text = self._filled(typed.get("template", ""), self.order.language)
        before = typed.get(self.text, "").rstrip()
        initial = {name: typed[name] for name in self.fields if name in typed}
        return initial | {self.text: "\n\n".join(filter(None, [before, text]))}

    @property
    def reading(self) -> str:
        """The chosen template in the language that the clerk reads, if that is another."""
        language = get_language()
        chosen = self["template"].value() if "template" in self.fields else ""
        return "" if language == self.order.language else self._filled(chosen or "", language)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts().items() if name != "template"}

    def _filled(self, code: str, language: str) -> str:
        row = self.templates.get(code)
        return fill(say(row.body, language), facts_of(self.order, self.item, language)) if row else ""


def facts_of(order: Order, item: Item | None, language: str) -> dict[str, str]:
    """What the placeholders of a template stand for, of one item or of the whole order."""
    items = [item] if item else list(order.items.select_related("person", "document_type"))
    names = dict.fromkeys(name_of(one.person.facts) for one in items)
    kinds = dict.fromkeys(say(one.document_type.name, language) for one in items)
    with translation.override(language):
        return {
            "reference": order.reference,
            "person": ", ".join(names),
            "document": ", ".join(kinds),
            "amount": money.written(max(order.balance_minor, 0), order.currency),
            "date": dates.in_sentence(deadlines.answer_by(order.policy)),
        }


class WithFiles(ScansMixin):
    """The files that were chosen are inspected with the rest, and go to the action as `files`."""

    def clean(self) -> dict:
        cleaned = super().clean()
        self.scans = [] if self.errors else self.inspected()
        return cleaned

    def facts(self) -> dict[str, Any]:
        typed = {name: value for name, value in super().facts().items() if name not in self.KINDS}
        return {**typed, "files": self.scans}


class WriteForm(WithFiles, TemplatedForm):
    """With files for the applicant, such as a copy of an issued paper or a form to be signed."""

    KINDS = (FileKind.OFFICE,)

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = LinesField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 9}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        files = self.fields[FileKind.OFFICE.value]
        files.label = _("Files for the applicant")
        size = {"megabytes": megabytes()}
        files.help_text = FOR_APPLICANT % size if self.order.email else FOR_NOBODY


class ExplanationForm(TemplatedForm):
    text = "explanation"
    explanation = LinesField(
        label=_("What the applicant reads"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say what was done and what the applicant can do now."),
    )


class PassOnForm(TemplatedForm):
    text = "explanation"
    to = CleanCharField(label=_("Office that keeps the record"), max_length=200)
    explanation = LinesField(
        label=_("What the applicant reads"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("version", "to", "template", "explanation")


class NoteForm(StepForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = LinesField(
        label=pgettext_lazy("internal", "Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant never sees it."),
    )


class AnswerForm(WithFiles, StepForm):
    """With scans of what came by letter, such as the signed request or a power of attorney."""

    KINDS = FROM_OUTSIDE

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = LinesField(
        label=_("What the applicant said or wrote"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("By letter, telephone or at the counter. The applicant sees it among the messages."),
    )


class EmailForm(StepForm):
    compares = True
    email = forms.EmailField(
        label=_("E-mail address of the applicant"),
        required=False,
        help_text=_("Empty if there is none: then no mails are sent."),
    )

    def prepare(self) -> None:
        self.fields["email"].initial = self.order.email
