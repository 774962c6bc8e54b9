from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import money
from wagtail_diaspora.words import say

from ..offer import Offer, OfferedType
from .controls import CitizenForm, with_note

DOCUMENT_LANGUAGES = [
    ("bs", pgettext_lazy("language of a document", "Bosnian, Latin script")),
    ("hr", pgettext_lazy("language of a document", "Croatian")),
    ("sr-latn", pgettext_lazy("language of a document", "Serbian, Latin script")),
    ("sr", pgettext_lazy("language of a document", "Serbian, Cyrillic script")),
]
NEW_PERSON = "new"


class ItemForm(CitizenForm):
    """One document: which, how many copies, in which language, for whom."""

    type = forms.ChoiceField(label=_("Which document do you need?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("In which language and script?"),
        choices=DOCUMENT_LANGUAGES,
        help_text=_("You may choose; every office issues it as you ask."),
    )
    copies = forms.IntegerField(
        label=_("How many copies?"),
        min_value=1,
        max_value=10,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "diaspora-short"}),
    )
    person = forms.ChoiceField(label=_("Whose document is it?"), widget=forms.RadioSelect)

    def __init__(self, *args, offer: Offer, persons: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(kind.code, _described(kind)) for kind in offer.types]
        if persons:
            known = [(str(number), name) for number, name in enumerate(persons)]
            self.fields["person"].choices = [*known, (NEW_PERSON, _("Somebody else"))]
        else:
            del self.fields["person"]

    def answer(self) -> dict:
        chosen = self.cleaned_data
        return {key: chosen[key] for key in ("type", "language", "copies")}

    @property
    def chosen_person(self) -> int | None:
        """Number of the person already described, or None for somebody new."""
        person = self.cleaned_data.get("person", NEW_PERSON)
        return None if person == NEW_PERSON else int(person)


def _described(kind: OfferedType) -> SafeString:
    """Name, price and what it is for, so that nobody has to look elsewhere to choose."""
    price = money.written(kind.fee_minor) if kind.fee_minor else gettext("free of charge")
    name, summary = say(kind.name, get_language()), say(kind.summary, get_language())
    note = " · ".join(filter(None, [price, summary]))
    return with_note(name, note)
