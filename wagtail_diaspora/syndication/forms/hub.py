from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..fetching import FetchError, check_address

SHORTEST, USUAL, LONGEST = timedelta(hours=1), timedelta(days=10), timedelta(days=30)
"""Leases: what is asked for is brought in between."""
SECRET_BYTES = 200
MODES = ("subscribe", "unsubscribe", "publish")


class HubForm(forms.Form):
    """What software may ask of a hub, in the words of WebSub: `hub.mode`, `hub.topic` …"""

    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES])
    topic = forms.CharField(max_length=500, required=False)
    url = forms.CharField(max_length=500, required=False)
    callback = forms.CharField(max_length=2000, required=False)
    lease_seconds = forms.IntegerField(required=False)
    secret = forms.CharField(required=False, strip=False)

    def add_prefix(self, field_name: str) -> str:
        return f"hub.{field_name}"

    @property
    def wish(self) -> dict[str, Any]:
        """The arguments of `actions.hub.ask`."""
        names = ("mode", "topic", "callback", "lease_seconds", "secret")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def is_ping(self) -> bool:
        return self.cleaned_data["mode"] == "publish"

    def reason(self) -> str:
        """Why it is refused, in one line for each field."""
        return "\n".join(f"hub.{name}: {' '.join(errors)}" for name, errors in self.errors.items())

    def clean_callback(self) -> str:
        callback = self.cleaned_data["callback"]
        if "#" in callback:
            raise ValidationError(_("The callback must have no part after #."))
        try:
            if callback:
                check_address(callback)
        except FetchError as error:
            raise ValidationError(str(error)) from None
        return callback

    def clean_lease_seconds(self) -> int:
        asked = self.cleaned_data["lease_seconds"]
        shortest, usual, longest = (lease.total_seconds() for lease in (SHORTEST, USUAL, LONGEST))
        return int(usual if asked is None else min(max(asked, shortest), longest))

    def clean_secret(self) -> str:
        secret = self.cleaned_data["secret"]
        if len(secret.encode()) >= SECRET_BYTES:
            raise ValidationError(_("The secret must be shorter than 200 bytes."))
        return secret

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["topic"] = said.get("topic") or said.get("url") or ""
        needed = ["topic"] if said.get("mode") == "publish" else ["topic", "callback"]
        for name in needed:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said
