"""What became of a page for the diaspora, and what its editor decides about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from wagtail_diaspora.exceptions import DiasporaError

from ..actions import marking
from ..models import Item
from . import item_ledger
from .forms import SENTENCES, DetailsForm, SentenceForm
from .rights import decider


class PageNews(WagtailAdminTemplateMixin, View):
    """One page, also where its type or its editor is not ours."""

    header_icon = "globe"
    page_title = gettext_lazy("For the diaspora")
    template_name = "diaspora_syndication/desk/page.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, page: int, **kwargs: Any) -> HttpResponse:
        self.page = get_object_or_404(Page, pk=page).specific_deferred
        self.municipality = decider(request.user, self.page)
        if self.municipality is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**self._forms()))

    def post(self, request: HttpRequest) -> HttpResponse:
        do = {"mark": self._mark, "decline": self._decline, "details": self._details}
        if request.POST.get("do") in SENTENCES:
            return self._say(request.POST["do"])
        if request.POST.get("do") in item_ledger.CHANGES and self.item:
            return self._done(item_ledger.CHANGES[request.POST["do"]](self.item, request))
        if request.POST.get("do") not in do:
            raise Http404
        return do[request.POST["do"]]()

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def item(self) -> Item | None:
        found = Item.objects.for_page(self.page, self.municipality)
        return found.prefetch_related("topics").select_related("municipality", "marked_by").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page=self.page,
            item=self.item,
            municipality=self.municipality,
            **item_ledger.facts_of(self.item, self.request.user),
            **kwargs,
        )

    def _forms(self, **bound: Any) -> dict[str, Any]:
        sentences = {do: SentenceForm(do=do) for do in SENTENCES}
        return {"details": DetailsForm(instance=self.item), **sentences, **bound}

    def _mark(self) -> HttpResponse:
        marking.mark(self.page, municipality=self.municipality, user=self.request.user)
        said = _("“%(page)s” is for the diaspora. It goes out within minutes, as soon as it is published.")
        return self._done(said)

    def _decline(self) -> HttpResponse:
        marking.decline(self.page, municipality=self.municipality, user=self.request.user)
        return self._done(_("“%(page)s” is not for the diaspora."))

    def _details(self) -> HttpResponse:
        form = DetailsForm(self.request.POST, instance=self._marked())
        if not form.is_valid():
            return self._again(details=form)
        with transaction.atomic():
            form.save()
            marking.look_again(Item.objects.filter(pk=self.item.pk))
        return self._done(_("Saved. Feeds follow within minutes."))

    def _say(self, do: str) -> HttpResponse:
        item, form = self._marked(), SentenceForm(self.request.POST, do=do)
        if not form.is_valid():
            return self._again(**{do: form})
        try:
            getattr(marking, do)(item, note=form.cleaned_data["note"], user=self.request.user)
        except DiasporaError as error:
            messages.error(self.request, str(error))
            return redirect(self.own_url)
        if do == "correct":
            return self._done(_("The correction goes out within minutes."))
        return self._done(_("It has left all feeds."))

    def _marked(self) -> Item:
        if self.item is None or not self.item.wanted:
            raise Http404
        return self.item

    def _again(self, **bound: Any) -> HttpResponse:
        context = self.get_context_data(**self._forms(**bound))
        return self.render_to_response(context, status=422)

    def _done(self, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence % {"page": self.page.get_admin_display_title()})
        return redirect(get_valid_next_url_from_request(self.request) or self.own_url)

    @property
    def own_url(self) -> str:
        return reverse("diaspora_newsdesk:page", args=[self.page.pk])
