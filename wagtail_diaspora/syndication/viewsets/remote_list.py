"""Many sources at once, from a list in OPML."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_diaspora.municipalities.policy import MunicipalityPermissionPolicy
from wagtail_diaspora.municipalities.viewsets.base import limit_to

from ..actions import moderating
from ..models import RemoteSource
from .remote_forms import UploadListForm


class UploadListView(WagtailAdminTemplateMixin, FormView):
    """Nothing is read here: the clock does that."""

    form_class = UploadListForm
    index_url_name = ""
    header_icon = "upload"
    page_title = gettext_lazy("Upload a list of feeds")
    template_name = "diaspora_syndication/remote/upload.html"
    _show_breadcrumbs = True

    @cached_property
    def policy(self) -> MunicipalityPermissionPolicy:
        return MunicipalityPermissionPolicy(RemoteSource)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args: Any, **kwargs: Any) -> UploadListForm:
        form = super().get_form(*args, **kwargs)
        limit_to(form, self.request.user, self.policy.municipalities(self.request.user, ["add"]))
        return form

    def form_valid(self, form: UploadListForm) -> HttpResponse:
        said = form.cleaned_data
        count = moderating.subscribe(
            said["municipality"], said["file"], rule=said["rule"], user=self.request.user
        )
        words = ngettext("%(count)d new source.", "%(count)d new sources.", count)
        messages.success(self.request, words % {"count": count})
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)

    def get_breadcrumbs_items(self) -> list[dict]:
        sources = {"url": self.get_success_url(), "label": RemoteSource._meta.verbose_name_plural}
        return [*super().get_breadcrumbs_items(), sources, {"url": "", "label": self.page_title}]
