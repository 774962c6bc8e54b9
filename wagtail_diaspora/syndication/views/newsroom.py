"""A newsroom's own pages, by a signed link and without an account. A mail scanner opens links: a GET changes
nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.citizens import CitizenView

from .. import addresses, tokens
from ..actions import partnering, proposing, receiving, redelivering
from ..formats import FORMATS
from ..forms.newsroom import AiredForm, ChoiceForm
from ..models import Channel, Delivery, Partner
from ..states import DeliveryState, PartnerState, Way

LONGEST_KEY = 20


class PartnerView(CitizenView):
    template_name = "diaspora_syndication/newsroom/choice.html"

    def prepare(self, request: HttpRequest, *, token: str, **kwargs: Any) -> HttpResponse | None:
        self.partner, self.token = tokens.partner_for(token), token
        if self.partner is None:
            self.template_name = "diaspora_syndication/newsroom/gone.html"
            return self.render(404)
        if self.partner.languages:
            self.wish_language(self.partner.languages[0])
        return None

    def render(self, status: int = 200, **context: Any) -> HttpResponse:
        partner = self.partner
        municipality = partner.municipality if partner else None
        return super().render(status, partner=partner, municipality=municipality, **context)

    def to(self, name: str, **kwargs: Any) -> HttpResponse:
        with translation.override(None):
            return redirect(reverse(f"diaspora_syndication:{name}", kwargs={"token": self.token, **kwargs}))


class Newsroom(PartnerView):
    """Confirm the address, choose, ask for an example, pause, leave."""

    title = _("News for your newsroom")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        do = {"pause": partnering.pause, "resume": partnering.confirm, "leave": partnering.leave}
        if action := do.get(request.POST.get("do", "")):
            action(self.partner)
            return self.to("newsroom")
        if request.POST.get("do") == "example":
            return self._send_example(request.POST.get("edition", ""))
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        partnering.choose(self.partner, form.save, by_itself=True)
        return self.to("newsroom")

    def _form(self, data: Any = None) -> ChoiceForm:
        instance = Partner.objects.select_related("municipality__site").get(pk=self.partner.pk)
        return ChoiceForm(data, instance=instance, languages=self.languages)

    @property
    def languages(self) -> list[str]:
        channels = Channel.objects.filter(municipality=self.partner.municipality_id)
        return list(channels.order_by("language").values_list("language", flat=True))

    def _show(self, form: ChoiceForm, status: int = 200) -> HttpResponse:
        shown = {"form": form, "feeds": self._feeds(), "states": PartnerState}
        return self.render(status, **shown, **self._examples())

    def _examples(self) -> dict[str, Any]:
        """What it could report on, and what it has asked for a moment ago."""
        if not self.partner.is_confirmed:
            return {}
        asked = Delivery.objects.filter(partner=self.partner, asked=True)
        return {
            "examples": proposing.proposed_to(self.partner, self.language)[: proposing.LISTED],
            "coming": asked.filter(state__in=(DeliveryState.WAITING, DeliveryState.UNDER_WAY)),
        }

    def _send_example(self, key: str) -> HttpResponse:
        proposed = proposing.proposed_to(self.partner, self.language)
        is_key = key.isdecimal() and len(key) < LONGEST_KEY
        if edition := proposed.filter(pk=key).first() if is_key else None:
            redelivering.send_example(self.partner, edition)
        return redirect(f"{self.to('newsroom').url}#diaspora-examples")

    def _feeds(self) -> list[dict[str, str]]:
        """Addresses of its own feed, in each language and format, while it takes one."""
        if self.partner.way != Way.FEED or not self.partner.is_confirmed:
            return []
        root, chosen = self.partner.municipality.root_url, self.partner.languages
        wanted = [code for code in self.languages if not chosen or code in chosen]
        return [
            {
                "language": language,
                "label": form.label,
                "url": root + addresses.feed(addresses.private_path(self.token, language, form)),
            }
            for language in wanted
            for form in FORMATS.values()
        ]


class Leave(PartnerView):
    """RFC 8058: a mail program posts here by itself, without a cookie; a person sees a button."""

    title = _("Stop the news for your newsroom")
    from_anywhere = True
    template_name = "diaspora_syndication/newsroom/leave.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render(left=self.partner.state == PartnerState.ENDED)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        partnering.leave(self.partner)
        return self.render(left=True)


class Receipt(PartnerView):
    """One version of an item that was delivered: a person says that it is there, or that it was on air."""

    title = pgettext_lazy("newsroom", "Did it get there?")
    template_name = "diaspora_syndication/newsroom/receipt.html"

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        if found := super().prepare(request, token=kwargs["token"]):
            return found
        told = {"edition__id": kwargs["edition"], "version": kwargs["version"]}
        lines = Delivery.objects.filter(partner=self.partner, **told).seen()
        self.line = lines.select_related("edition").order_by("-way").first()  # that by mail, of two
        if self.line is None:
            raise Http404
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(AiredForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "got":
            receiving.confirm(self.line)
            return self.to("receipt", edition=self.line.edition_id, version=self.line.version)
        form = AiredForm(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        receiving.air(self.line, on=form.cleaned_data["aired_on"])
        return self.to("receipt", edition=self.line.edition_id, version=self.line.version)

    def _show(self, form: AiredForm, status: int = 200) -> HttpResponse:
        return self.render(status, form=form, line=self.line)
