"""The PDFs for citizens; each is made on the spot."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import limits
from wagtail_diaspora.citizens import CitizenView
from wagtail_diaspora.exceptions import LimitReached
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.models import PrivateFile

from .. import papers
from ..offer import offer_of
from .base import office_of
from .case import CaseView


class ReceiptFile(CaseView):
    """Names nobody, so the link is enough."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return pdf(papers.receipt(self.order, language=self.language), f"{self.order.reference}-receipt")


class BlankRequest(CitizenView):
    """The request for a document that the office of this site offers, to be filled in by hand."""

    title = _("Blank request")
    template_name = "diaspora_registrar/wait.html"

    def get(self, request: HttpRequest, *, code: str) -> HttpResponse:
        municipality = office_of(request)
        settings = municipality.registrar_settings
        kind = offer_of(settings).get(code)
        if kind is None:
            raise Http404
        try:
            limits.spend("blank", limits.network_of(request))
        except LimitReached as error:
            return self.render(sentence=self.sentence(error), municipality=municipality)
        made = papers.blank_request(municipality, settings, kind, language=self.language)
        return pdf(made, f"{kind.code}-{self.language}")


def private_file(file: PrivateFile, name: str) -> HttpResponse:
    """What somebody sent: a download that no browser takes for a page of this site."""
    response = download(files.read(file), name, file.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def pdf(content: bytes, name: str) -> HttpResponse:
    """A download; never shown inside a page of this site."""
    return download(content, f"{name}.pdf", "application/pdf")


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
