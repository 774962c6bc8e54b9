"""One municipality at its hub: a person says yes or no, invites again, removes."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..actions import invitations, joining
from ..actions.inviting import unreached
from ..models import Member, Rule
from ..states import MemberState

CHANGE = "diaspora_syndication.change_member"


class YesForm(forms.Form):
    rule = forms.ChoiceField(label=capfirst(gettext_lazy("its news is shown")), choices=Rule.choices)


class KeepForm(forms.Form):
    keep_reading = forms.BooleanField(
        label=capfirst(gettext_lazy("go on reading its news, as of any other website")), required=False
    )


class MemberDesk(WagtailAdminTemplateMixin, View):
    header_icon = "group"
    page_title = gettext_lazy("Member of the hub")
    template_name = "diaspora_syndication/desk/member.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, member: UUID, **kwargs: Any) -> HttpResponse:
        if not may(request.user, CHANGE):
            raise PermissionDenied
        mine = Member.objects.filter(municipality__in=municipalities_for(request.user, CHANGE))
        self.member = get_object_or_404(mine.select_related("municipality__site", "source"), pk=member)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(YesForm(initial={"rule": self.member.rule}))

    def post(self, request: HttpRequest) -> HttpResponse:
        do = {
            "refuse": (joining.refuse, _("Refused. Its website is told.")),
            "again": (invitations.invite_again, _("A new invitation is on its way; the old link has ended.")),
            "withdraw": (invitations.withdraw, _("The invitation has ended.")),
        }
        name = request.POST.get("do")
        if name == "accept":
            return self._accept(YesForm(request.POST))
        if name == "remove":
            keep = "keep_reading" in request.POST
            removed = joining.remove(self.member, keep_reading=keep, user=request.user)
            return self._done(_("It is no member any more. Its website is told."), removed)
        if name not in do:
            raise Http404
        action, said = do[name]
        return self._done(said, action(self.member, user=request.user))

    def get_page_subtitle(self) -> str:
        return str(self.member)

    def get_breadcrumbs_items(self) -> list[dict]:
        listed = {"url": reverse("diaspora_member:index"), "label": gettext_lazy("Members of the hub")}
        return [*super().get_breadcrumbs_items(), listed, {"url": "", "label": str(self.member)}]

    def _accept(self, form: YesForm) -> HttpResponse:
        if not form.is_valid():
            return self._show(form, 422)
        accepted = joining.accept(self.member, rule=form.cleaned_data["rule"], user=self.request.user)
        said = _("Yes was said. Its news is read as soon as its website has confirmed it.")
        return self._done(said, accepted)

    def _show(self, form: YesForm, status: int = 200) -> HttpResponse:
        context = {"member": self.member, "form": form, "keep": KeepForm(), "states": MemberState}
        context["unreached"] = unreached([self.member]) if self.member.state == MemberState.INVITED else []
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _done(self, said: str, changed: bool) -> HttpResponse:
        """Somebody else may have decided meanwhile."""
        said = said if changed else _("Nothing was changed: it did not stand so any more.")
        messages.success(self.request, said)
        if Member.objects.filter(pk=self.member.pk).exists():
            return redirect("diaspora_newsdesk:member", self.member.pk)
        return redirect("diaspora_member:index")
