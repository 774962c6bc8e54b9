"""The citizen's forms as a clerk fills them in for an order that came by letter, telephone or at the counter.

A letter may leave out what the website insists on: only names are required, the rest can be asked.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import conf, dates
from wagtail_diaspora.citizens import language_name
from wagtail_diaspora.words import say

from ..models.documents import Relation
from ..models.orders import Channel
from ..models.thread import FileKind
from ..offer import Offer
from .applicant import PURPOSES, ApplicantForm, DeliveryForm
from .controls import CitizenForm
from .documents import ItemForm
from .fields import CleanCharField
from .persons import PersonForm
from .scans import ScansMixin

OLDEST_DAYS = 366
NAMES = ("family_name", "forenames")


class ArrivalForm(CitizenForm):
    """How an order came, and when."""

    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=[c for c in Channel.choices if c[0] != Channel.WEB]
    )
    received_on = dates.DateField(label=_("Received on"), initial=timezone.localdate)
    protocol_number = CleanCharField(label=_("Protocol number"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("The applicant reads"), help_text=_("Mails and papers to the applicant are in this language.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code in conf.LANGUAGES]

    def clean_received_on(self) -> date:
        day, today = self.cleaned_data["received_on"], timezone.localdate()
        if not today - timedelta(days=OLDEST_DAYS) <= day <= today:
            raise ValidationError(_("Check the date: it lies in the future or more than a year back."))
        return day


class EnteredItemForm(ItemForm):
    """`person` is the number of one of `count` persons."""

    def __init__(self, *args: Any, offer: Offer, count: int, **kwargs: Any):
        super().__init__(*args, offer=offer, persons=["-"], **kwargs)
        kind, language, person = (self.fields[name] for name in ("type", "language", "person"))
        kind.widget, kind.label = forms.Select(), pgettext_lazy("diaspora", "Document")
        kind.choices = [("", "—"), *((t.code, say(t.name, get_language())) for t in offer.types)]
        language.label, language.help_text = _("Language and script"), ""
        person.widget = forms.Select() if count > 1 else forms.HiddenInput()
        person.label, person.initial = _("For whom?"), "0"
        person.choices = [(str(n), _("Person %(number)s") % {"number": n + 1}) for n in range(count)]


class EnteredPersonForm(PersonForm):
    """Only names are required."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        allowed = [value for value, _label in self.fields["relation"].choices]
        relation = self.fields["relation"]
        relation.label, relation.widget = _("What is the applicant to this person?"), forms.Select()
        relation.choices = [("", "—"), *((value, Relation(value).label) for value in allowed)]
        for name, field in self.fields.items():
            field.required = field.required and name in (*NAMES, "relation")


class EnteredApplicantForm(ApplicantForm):
    """The name may stay empty when the applicant is a person in the record; the rest always."""

    diaspora_leave_empty = None
    WORDS = {
        "forenames": (_("Forenames"), _("Empty: as the person in the record, if it is their own.")),
        "family_name": (_("Family name"), ""),
        "country": (_("Country where the applicant lives"), ""),
        "email": (
            _("E-mail address"),
            _("Empty if there is none: then the case says what has to be told by telephone or post."),
        ),
        "phone": (_("Telephone"), _("From any country, with + in front or as it is dialled there.")),
        "purpose": (_("Purpose"), ""),
        "purpose_text": (_("More about it"), ""),
    }
    OPTIONAL = ("forenames", "family_name", "country", "email", "purpose")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.WORDS.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.required = field.required and name not in self.OPTIONAL
            field.widget.attrs["autocomplete"] = "off"
        self.fields["purpose"].choices = [("", "—"), *PURPOSES]

    def clean(self) -> dict:
        cleaned = super().clean()
        if bool(cleaned.get("forenames")) != bool(cleaned.get("family_name")):
            missing = "family_name" if cleaned.get("forenames") else "forenames"
            if missing not in self.errors:
                self.add_error(missing, _("Write both names, or none if it is the person in the record."))
        return cleaned


class EnteredDeliveryForm(DeliveryForm):
    needed_by_post = ("lines", "city")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        method = self.fields["method"]
        choices = method.choices
        method.label, method.widget = _("Way"), forms.Select()
        method.choices = choices
        self.fields["name"].help_text = _("Empty: the name of the applicant.")
        self.fields["country"].help_text = _("Empty: where the applicant lives.")
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class ScansForm(ScansMixin, CitizenForm):
    """Scans of what came with the order."""

    KINDS = (FileKind.SIGNED_REQUEST, FileKind.IDENTITY, FileKind.RELATION, FileKind.OTHER)
