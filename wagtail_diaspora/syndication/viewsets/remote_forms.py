from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from wagtail_diaspora.municipalities.models import Municipality

from ..actions import moderating
from ..models import RemoteItem, RemoteSource, RemoteState, Rule
from ..reading import FeedUnreadable, Listed, read_list

MEGABYTE = 1024 * 1024


class RemoteSourceForm(WagtailAdminModelForm):
    def save(self, commit: bool = True) -> RemoteSource:
        """Another address is read soon and from its start, and with other words all that stands there once
        more. What a reading writes meanwhile stays."""
        if self.instance.pk is None:
            return super().save(commit)
        anew = moderating.from_the_start(self.instance) if "feed_url" in self.changed_data else {}
        anew |= {"look_at": timezone.now()} if "passed_on" in self.changed_data else {}
        anew |= moderating.once_more() if "words" in self.changed_data else {}
        for name, value in anew.items():
            setattr(self.instance, name, value)
        self.instance.save(update_fields=[*self.changed_data, *anew])
        return self.instance


class RemoteItemForm(WagtailAdminModelForm):
    class Meta:
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        shown = () if self.instance.is_embargoed else (RemoteState.SHOWN,)
        chosen = (*shown, RemoteState.HIDDEN, self.initial.get("state"))
        field = self.fields["state"]
        field.choices = [choice for choice in RemoteState.choices if choice[0] in chosen]
        field.disabled = not self.instance.digest

    def save(self, commit: bool = True) -> RemoteItem:
        """Through the one door; what was read meanwhile stays as it was read."""
        decide = {RemoteState.SHOWN: moderating.show, RemoteState.HIDDEN: moderating.hide}
        if self.instance.state in decide:
            decide[self.instance.state]([self.instance], user=self.for_user)
        self.instance.refresh_from_db()
        return self.instance


class UploadListForm(forms.Form):
    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=capfirst(_("municipality")))
    file = forms.FileField(
        label=capfirst(_("list of feeds")),
        help_text=_("A file in the format OPML, as programs that read news export it."),
    )
    rule = forms.ChoiceField(
        choices=Rule.choices, initial=Rule.AFTER_A_LOOK, label=capfirst(_("their news is shown"))
    )

    def clean_file(self) -> list[Listed]:
        file = self.cleaned_data["file"]
        if file.size > MEGABYTE:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        try:
            listed = read_list(file.read())
        except FeedUnreadable as error:
            raise forms.ValidationError(str(error)) from error
        if not listed:
            raise forms.ValidationError(_("There is no feed in this list."))
        return listed
