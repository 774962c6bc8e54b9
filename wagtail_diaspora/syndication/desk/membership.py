"""The hub, as the editors of a municipality see it: join, hand over, leave."""

from typing import Any
from urllib.parse import urldefrag

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.models.municipality import Kind
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..actions import membership
from ..forms.joining import checked
from ..models import Membership
from ..states import MembershipState

CHANGE = "diaspora_syndication.change_membership"
TITLE = pgettext_lazy("membership", "The hub")


def towns_for(user: Any) -> QuerySet[Municipality]:
    """A hub joins no hub."""
    return municipalities_for(user, CHANGE).exclude(kind=Kind.NETWORK).select_related("site", "membership")


class PasteForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("The hub’s address, or the code of its invitation"),
        help_text=gettext_lazy(
            "For example the first page of the network's website. With a code you are a member at once; "
            "otherwise somebody there says yes first."
        ),
        max_length=1100,
    )

    def clean_address(self) -> str:
        pasted = self.cleaned_data["address"]
        pasted = pasted if "://" in pasted else f"https://{pasted}"
        try:
            checked(urldefrag(pasted).url)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("This is no address: paste all of what the hub gave you, from https:// on.")
            ) from None
        return pasted


class HubIndex(WagtailAdminTemplateMixin, View):
    """Where there is only one municipality, there is nothing to choose."""

    header_icon = "site"
    page_title = TITLE
    template_name = "diaspora_syndication/desk/hub_index.html"
    _show_breadcrumbs = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may(request.user, CHANGE):
            raise PermissionDenied
        towns = list(towns_for(request.user))
        if len(towns) == 1:
            return redirect("diaspora_newsdesk:hub", towns[0].pk)
        return self.render_to_response(self.get_context_data(towns=towns))


class HubDesk(WagtailAdminTemplateMixin, View):
    header_icon = "site"
    page_title = TITLE
    template_name = "diaspora_syndication/desk/hub.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, municipality: int, **kwargs: Any) -> HttpResponse:
        if not may(request.user, CHANGE):
            raise PermissionDenied
        self.town = get_object_or_404(towns_for(request.user), pk=municipality)
        self.row = Membership.objects.filter(municipality=self.town).first()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(PasteForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        do = {
            "join": self._join,
            "leave": self._leave,
            "hand_over": self._hand_over,
            "ourselves": self._ourselves,
        }
        name = request.POST.get("do")
        if name not in do or (name != "join" and self.row is None):
            raise Http404
        return do[name]()

    def get_page_subtitle(self) -> str:
        return str(self.town)

    def get_breadcrumbs_items(self) -> list[dict]:
        every = {"url": reverse("diaspora_newsdesk:hub_index"), "label": TITLE}
        return [*super().get_breadcrumbs_items(), every, {"url": "", "label": str(self.town)}]

    def _join(self) -> HttpResponse:
        form = PasteForm(self.request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        membership.join(self.town, form.cleaned_data["address"], user=self.request.user)
        return self._done(_("The hub is asked within minutes."))

    def _leave(self) -> HttpResponse:
        left = membership.leave(self.row, user=self.request.user)
        return self._done(_("You have left the hub, and send everything yourselves again."), left)

    def _hand_over(self) -> HttpResponse:
        changed = membership.hand_over(self.row, True, user=self.request.user)
        said = _("The hub sends to the newsrooms that it serves, as soon as it has taken note.")
        return self._done(said, changed)

    def _ourselves(self) -> HttpResponse:
        changed = membership.hand_over(self.row, False, user=self.request.user)
        return self._done(_("You send to all your newsrooms yourselves again, from now on."), changed)

    def _show(self, form: PasteForm, status: int = 200) -> HttpResponse:
        context = {"town": self.town, "row": self.row, "form": form, "states": MembershipState}
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _done(self, said: str, changed: bool = True) -> HttpResponse:
        """Somebody else may have decided meanwhile, or the hub."""
        said = said if changed else _("Nothing was changed: it did not stand so any more.")
        messages.success(self.request, said)
        return redirect("diaspora_newsdesk:hub", self.town.pk)


class HubMenuItem(MenuItem):
    def __init__(self):
        super().__init__(TITLE, reverse("diaspora_newsdesk:hub_index"), icon_name="site", order=797)

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, CHANGE) and towns_for(request.user).exists()
