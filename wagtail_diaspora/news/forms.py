from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Topic

from .models import listing


class NewsFilterForm(forms.Form):
    """Each field for itself: a wrong one is marked and leaves the others to work."""

    topic = forms.ChoiceField(label=pgettext_lazy("news", "Topic"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("news", "Kind"), required=False)
    year = forms.TypedChoiceField(
        label=pgettext_lazy("news", "Year"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any):
        super().__init__(*args, **{"auto_id": "diaspora-%s", **kwargs})
        named = ((kind, capfirst(model._meta.verbose_name_plural)) for kind, model in listing.kinds().items())
        self.fields["topic"].choices = [("", _("All topics")), *Topic.choices()]
        self.fields["kind"].choices = [("", _("All kinds")), *named]
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]

    def wanted(self) -> dict[str, Any]:
        """What was chosen, and is a choice."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
