"""How it goes with a source, in plain words.

Public API: `status`, `going`, `left_out`, `place`.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from .models import Member, RemoteItem, RemoteSource, SourceState
from .models.remote import OURS
from .reading import Unusable

__all__ = ["going", "left_out", "place", "status"]

REASONS = {
    **dict(Unusable.choices),
    OURS: pgettext_lazy("entry of a feed", "is your own news, which came back"),
}


def status(source: RemoteSource) -> str:
    if source.state == SourceState.PAUSED:
        return _("Paused: nothing new is read.")
    if not source.takes_new:
        return f"{_('It has left the hub: only corrections and withdrawals are read.')} {_how(source)}"
    return _how(source)


def _how(source: RemoteSource) -> str:
    if source.proposed_url:
        return _("The feed has moved to %(address)s. Shall it be read there?") % {
            "address": source.proposed_url
        }
    if source.state == SourceState.ASKS:
        return _("%(trouble)s Resume it to try again, or delete it.") % _trouble(source)
    if source.trouble:
        return _("%(trouble)s Next try: %(when)s.") % (_trouble(source) | {"when": _when(source)})
    if source.is_new:
        return _("It will be read within minutes.")
    return _("All is well. Next time: %(when)s.") % {"when": _when(source)}


def going(member: Member) -> str:
    """With a member of a hub: what could not be said to its website, else how it goes with its feed."""
    if member.trouble:
        return member.get_trouble_display()
    return status(member.source) if member.source else ""


def place(item: RemoteItem) -> str:
    """Where a piece of news of others stands, and until when it must wait."""
    state = item.get_state_display()
    if not item.is_embargoed:
        return state
    hour = date_format(timezone.localtime(item.embargoed_until), "SHORT_DATETIME_FORMAT")
    return _("%(state)s; under embargo until %(hour)s") % {"state": state, "hour": hour}


def left_out(source: RemoteSource) -> list[str]:
    """A sentence for each reason."""
    return [
        ngettext(
            "%(count)d entry was left out, because it %(reason)s.",
            "%(count)d entries were left out, because each %(reason)s.",
            count,
        )
        % {"count": count, "reason": REASONS.get(code, code)}
        for code, count in source.unusable.items()
    ]


def _trouble(source: RemoteSource) -> dict[str, str]:
    return {"trouble": source.get_trouble_display()}


def _when(source: RemoteSource) -> str:
    moment = timezone.localtime(max(source.next_due_at, timezone.now()))
    return date_format(moment, "SHORT_DATETIME_FORMAT")
