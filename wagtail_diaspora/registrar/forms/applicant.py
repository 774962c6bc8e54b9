from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import SUPPORTED_REGIONS

from wagtail_diaspora.scripts import to_latin

from ..models.settings import Delivery
from .controls import CitizenForm
from .fields import CleanCharField, CountryField, LinesField, NameField, TrapField, latin_characters

PURPOSES = [
    ("passport", pgettext_lazy("purpose", "Passport or identity card")),
    ("marriage", pgettext_lazy("purpose", "Marriage abroad")),
    ("citizenship", pgettext_lazy("purpose", "Citizenship")),
    ("school", pgettext_lazy("purpose", "School or university")),
    ("work", pgettext_lazy("purpose", "Work or residence permit")),
    ("pension", pgettext_lazy("purpose", "Pension or social security")),
    ("inheritance", pgettext_lazy("purpose", "Inheritance or property")),
    ("other", pgettext_lazy("purpose", "Something else")),
]


PRINTED = ("name", "lines", "postcode", "city")
"""What stands on the envelope."""


class PhoneField(PhoneNumberField):
    """As it is dialled in `region`, with +, or with the 00 that most of Europe dials for it."""

    def to_python(self, value):
        number, typed = super().to_python(value), "".join(str(value).split())
        if number and not number.is_valid() and typed.startswith("00"):
            return super().to_python(f"+{typed[2:]}")
        return number


class PhoneInput(forms.TextInput):
    input_type = "tel"

    def format_value(self, value):
        return value.as_international if isinstance(value, PhoneNumber) else value


class ApplicantForm(CitizenForm):
    """About the one who orders."""

    forenames = NameField(
        label=_("Your forenames"), widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = NameField(
        label=_("Your family name"), widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    country = CountryField(label=_("In which country do you live?"))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write to it when something happens with your order."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
    phone = PhoneField(
        label=_("Your telephone number"),
        required=False,
        help_text=_("From any country, as you dial it there or with + in front."),
        widget=PhoneInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={
            "invalid": _("Check the telephone number, or write it with + and the number of the country.")
        },
    )
    purpose = forms.ChoiceField(
        label=_("What do you need the documents for?"), choices=[("", "—"), *PURPOSES]
    )
    purpose_text = CleanCharField(
        label=_("Tell the office more, if you like"), required=False, max_length=300
    )

    diaspora_leave_empty = TrapField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        country = self.data.get(self.add_prefix("country")) or self.initial.get("country")
        self.fields["phone"].region = country if country in SUPPORTED_REGIONS else None

    def answer(self) -> dict:
        answer = dict(self.cleaned_data)
        answer.pop("diaspora_leave_empty", None)
        phone = answer["phone"]
        answer["phone"] = phone.as_e164 if phone else ""
        return answer


class DeliveryForm(CitizenForm):
    """Where the papers go. Addresses are written in Latin letters, for the post."""

    needed_by_post: tuple[str, ...] = ("name", "lines", "city", "country")

    method = forms.ChoiceField(
        label=_("How do you want to receive the documents?"),
        widget=forms.RadioSelect,
        choices=Delivery.choices,
    )
    name = CleanCharField(
        label=_("Name on the letter"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    lines = LinesField(
        label=_("Street and house number"),
        required=False,
        max_length=300,
        help_text=_("As the post writes it in that country; up to four lines."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    postcode = CleanCharField(
        label=_("Postcode"),
        required=False,
        max_length=20,
        help_text=_("Leave it empty where there is none."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "diaspora-short"}),
    )
    city = CleanCharField(
        label=_("Town"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    country = CountryField(label=_("Country"), required=False)

    def __init__(self, *args, methods: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [c for c in Delivery.choices if c[0] in methods]
        if len(methods) == 1:
            self.fields["method"].initial = methods[0]
        for name in self.needed_by_post:
            self.fields[name].is_conditional = True

    def clean_lines(self) -> str:
        lines = self.cleaned_data["lines"]
        if len(lines.splitlines()) > 4:
            raise ValidationError(_("Write the address in four lines at most."))
        return lines

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("method") != Delivery.POST:
            return cleaned
        for name in self.needed_by_post:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("The post needs this to deliver the letter."))
        for name in PRINTED:
            self._require_latin(name, cleaned.get(name) or "")
        return cleaned

    def _require_latin(self, name: str, text: str) -> None:
        """Cyrillic is printed in Latin letters by us, other scripts we cannot read."""
        try:
            latin_characters(to_latin(text))
        except ValidationError as error:
            self.add_error(name, error)

    def answer(self) -> dict:
        """Only what the chosen way needs, in Latin letters."""
        if self.cleaned_data["method"] != Delivery.POST:
            return {"method": self.cleaned_data["method"]}
        return self.cleaned_data | {key: to_latin(self.cleaned_data[key]) for key in PRINTED}
