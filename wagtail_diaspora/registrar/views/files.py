"""What the office gave with its messages: the link names it, a code opens it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.vault import access
from wagtail_diaspora.vault.models import FileState

from .. import actions, links
from ..models import OneTimeCode
from .case import CaseView
from .coded import OpenedView
from .papers import private_file


class Files(OpenedView):
    title = _("Files from the office")
    lead = _("These files may show personal data, so we make sure that it is you.")
    purpose, page = OneTimeCode.Purpose.FILES, "files"

    def is_possible(self) -> bool:
        return self.order.files.of_office().exists()

    def note(self) -> None:
        actions.note_files(self.order)

    def show_all(self) -> HttpResponse:
        self.template_name = "diaspora_registrar/case/files.html"
        return self.show(files=self.order.files.of_office().select_related("file"))


class File(CaseView):
    """The bytes of one of them, whose reading is recorded before."""

    def get(self, request: HttpRequest, *, file: UUID, **kwargs: Any) -> HttpResponse:
        if not self.is_opened(Files.page):
            return redirect(links.address("files", order=self.order.pk))
        clean = self.order.files.of_office().filter(file__state=FileState.CLEAN)
        row = clean.filter(pk=file).select_related("file").first()
        if row is None:
            raise Http404
        scope = self.order.municipality.scope
        access.record(user=None, scope=scope, action=access.Action.OPENED, obj=row)
        return private_file(row.file, row.file.download_name)
