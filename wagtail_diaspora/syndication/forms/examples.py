"""What examples of good practice are chosen by. A wrong value is no choice, and leaves the others to work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality, Topic

from ..actions.finding import OWN
from ..models import Edition, RemoteSource

__all__ = ["ExamplesForm"]


class ExamplesForm(forms.Form):
    words = forms.CharField(
        label=pgettext_lazy("good practice", "What are you looking for?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    topic = forms.ChoiceField(label=pgettext_lazy("news", "Topic"), required=False)
    publisher = forms.ChoiceField(label=pgettext_lazy("good practice", "Municipality"), required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any):
        super().__init__(*args, **{"auto_id": "diaspora-%s", **kwargs})
        self.fields["topic"].choices = [("", _("All topics")), *Topic.choices()]
        examples = Edition.objects.examples().filter(channel__municipality=municipality)
        sources = RemoteSource.objects.filter(pk__in=examples.order_by().values("item__source"))
        named = [(str(source.pk), str(source)) for source in sources.order_by("name", "pk")]
        if named:
            everybody = ("", pgettext_lazy("good practice", "All municipalities"))
            self.fields["publisher"].choices = [everybody, (OWN, str(municipality)), *named]
        else:
            del self.fields["publisher"]

    def wanted(self) -> dict[str, str]:
        """What was chosen, and is a choice."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
