from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from wagtail_diaspora import conf
from wagtail_diaspora.citizens import language_name


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in conf.LANGUAGES]


class OfficeForm(WagtailAdminModelForm):
    office_languages = forms.MultipleChoiceField(
        choices=language_choices,
        label=_("Languages that the office reads"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        """What stands there stays, also where citizens are no longer served in it."""
        super().__init__(*args, **kwargs)
        chosen = [(code, language_name(code)) for code in self.instance.office_languages]
        self.fields["office_languages"].choices = list(dict([*language_choices(), *chosen]).items())

    def clean_office_languages(self) -> list[str]:
        """In the order in which they stood: mail to the office is in the first one."""
        chosen: Any = self.cleaned_data["office_languages"]
        kept = [code for code in self.instance.office_languages if code in chosen]
        return kept + [code for code in chosen if code not in kept]
