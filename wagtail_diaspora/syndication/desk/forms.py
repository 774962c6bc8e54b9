from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from wagtail_diaspora.municipalities.topics import TopicsInput

from ..models import Item

__all__ = ["SENTENCES", "DetailsForm", "SentenceForm"]

SENTENCES = {
    "correct": (
        _("What was wrong, in one sentence"),
        _("Everybody who got it is told. Change and publish the page first."),
    ),
    "withdraw": (
        _("Why it is withdrawn, in one sentence"),
        _("It leaves all feeds at once, and everybody who got it is told. The page stays."),
    ),
}
"""What is asked, by what is done."""


class DetailsForm(forms.ModelForm):
    """Everything here has a usual value, so that one tick suffices."""

    class Meta:
        model = Item
        fields = ("topics", "embargo_until", "expires_at", "rights", "contact")
        widgets = {
            "topics": TopicsInput,
            "embargo_until": AdminDateTimeInput,
            "expires_at": AdminDateTimeInput,
        }
        help_texts = {"topics": _("None chosen: the usual topics of the settings.")}

    def save(self, commit: bool = True) -> Item:
        """Nothing but what is asked here: it may have been withdrawn meanwhile."""
        self.instance.save(update_fields=[name for name in self.fields if name != "topics"])
        self._save_m2m()
        return self.instance

    def clean_embargo_until(self) -> Any:
        """What everybody has read already cannot be held back."""
        until = self.cleaned_data["embargo_until"]
        if until and "embargo_until" in self.changed_data and self.instance.editions.public().exists():
            raise forms.ValidationError(_("It is in the feeds already. Withdraw it instead."))
        return until


class SentenceForm(forms.Form):
    note = forms.CharField(max_length=300, widget=forms.TextInput)

    def __init__(self, data: Any = None, *, do: str):
        super().__init__(data, auto_id=f"id_{do}_%s")
        self.fields["note"].label, self.fields["note"].help_text = SENTENCES[do]
