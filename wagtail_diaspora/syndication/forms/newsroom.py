"""What a newsroom chooses, and what it says about an item. Plain controls: it has no account here."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.citizens import language_name
from wagtail_diaspora.dates import DateField
from wagtail_diaspora.municipalities.topics import TopicsInput

from ..models import Partner

__all__ = ["AiredForm", "ChoiceForm"]


class ChoiceForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages of the news"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every language in which an item is published."),
    )

    class Meta:
        model = Partner
        fields = (
            "way",
            "pace",
            "daily_limit",
            "languages",
            "script",
            "topics",
            "attaches_picture",
            "contact",
        )
        widgets = {
            "way": forms.RadioSelect,
            "pace": forms.RadioSelect,
            "script": forms.RadioSelect,
            "topics": TopicsInput,
        }
        labels = {"way": _("How do you want to get the news?"), "pace": _("How often, by e-mail?")}
        help_texts = {"topics": _("None chosen: all topics.")}

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any):
        """`languages` are those in which there is news; what was chosen earlier stays among them."""
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys([*languages, *self.instance.languages])
        self.fields["languages"].choices = [(code, language_name(code)) for code in codes]
        for field in self.fields.values():
            field.widget.is_required = False

    def save(self, commit: bool = True) -> Partner:
        """Nothing but what is asked here: an editor may have paused it meanwhile."""
        self.instance.save(update_fields=[name for name in self.fields if name != "topics"])
        self._save_m2m()
        return self.instance


class AiredForm(forms.Form):
    aired_on = DateField(label=_("When was it on air or in print?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, initial={"aired_on": timezone.localdate()}, **kwargs)

    def clean_aired_on(self) -> Any:
        day = self.cleaned_data["aired_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day
