"""The PDFs of an order; each is made on the spot."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from .. import papers
from .case import CaseView


class ReceiptFile(CaseView):
    """Names nobody, so the link is enough."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return pdf(papers.receipt(self.order, language=self.language), f"{self.order.reference}-receipt")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A download; never shown inside a page of this site."""
    return download(content, f"{name}.pdf", "application/pdf")


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
