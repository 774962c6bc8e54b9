"""Bytes that a clerk gets: files of the case, and papers of the office."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from wagtail_diaspora.vault.access import Action
from wagtail_diaspora.vault.models import FileState

from .. import papers
from ..models import Item, Paper
from ..models.papers import PaperState
from ..states import ItemState
from ..views.papers import pdf, private_file
from .base import OrderView
from .forms import SENDABLE


class FileView(OrderView):
    """The bytes of one file of the case."""

    def get(self, request: HttpRequest, *, file: UUID, **kwargs: Any) -> HttpResponse:
        row = self.order.files.select_related("file").filter(pk=file, file__state=FileState.CLEAN).first()
        if row is None:
            raise Http404
        self.record(Action.DOWNLOADED, row, self.order.municipality)
        return private_file(row.file, f"{self.order.reference}-{row.kind}.{row.file.extension}")


class PaperView(OrderView):
    """A paper of the office, made now, in the language that the clerk reads."""

    def get(self, request: HttpRequest, *, kind: str, **kwargs: Any) -> HttpResponse:
        make = self._makers.get(kind)
        if make is None or self.order.erased_at or self._says_nothing(kind):
            raise Http404
        item = self.item_asked_for() if kind == "sheet" else None
        self.record(Action.DOWNLOADED, self.order, self.order.municipality)
        of_item = f"-{item.position}" if item else ""
        return pdf(make(item), f"{self.order.reference}-{kind}{of_item}")

    @property
    def _makers(self) -> dict[str, Callable[[Item | None], bytes]]:
        order, language = self.order, get_language()
        return {
            "receipt": lambda _item: papers.receipt(order, language=language),
            "request": lambda _item: papers.request_to_sign(order, language=language),
            "letter": lambda _item: papers.cover_letter(order, self._enclosed, language=order.language),
            "refusal": lambda _item: papers.refusal_letter(order, self._refused, language=order.language),
            "sheet": lambda item: papers.preparation_sheet(item, language=language),
        }

    def _says_nothing(self, kind: str) -> bool:
        """A letter of refusal while nothing is refused, a cover letter while nothing is enclosed."""
        return (kind == "refusal" and not self._refused) or (kind == "letter" and not self._enclosed)

    @cached_property
    def _refused(self) -> list[Item]:
        refused = self.order.items.filter(state=ItemState.REFUSED)
        return list(refused.select_related("document_type", "person"))

    @cached_property
    def _enclosed(self) -> list[Paper]:
        """The papers that have not left the office yet; after that, all that are valid."""
        issued = Paper.objects.filter(order=self.order, state=PaperState.ISSUED)
        return list(issued.filter(item__state__in=SENDABLE)) or list(issued)
