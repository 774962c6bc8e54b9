"""The step that takes pictures: of the identity document, and of papers that show a relation."""

import contextlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import limits
from wagtail_diaspora.exceptions import DiasporaError, SomeoneWasFirst

from ..actions import drafts
from ..forms import IdentityForm
from ..models.thread import FileKind
from .base import DraftMixin, StepView


class IdentityStep(DraftMixin, StepView):
    """Pictures of papers. What was accepted is kept, also when another file is refused."""

    step = "identity"
    title = _("Your identity document")
    template_name = "diaspora_registrar/order/identity.html"
    KINDS = {"files": FileKind.IDENTITY, "papers": FileKind.RELATION}

    def get_form(self, **data: Any) -> IdentityForm:
        return IdentityForm(
            data.get("data"),
            data.get("files"),
            have={name: self._count(kind) for name, kind in self.KINDS.items()},
            required=self.draft.municipality.registrar_settings.identity_required,
            papers=list(self.flow.papers_needed()),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form(data=request.POST, files=request.FILES)
        form.is_valid()
        self.refused = False
        for name, kind in self.KINDS.items():
            for upload in form.cleaned_data.get(name, ()):
                self._attach(form, name, kind, upload)
        if self.refused or (form.errors and not self.switching):
            vars(self).pop("files", None)
            return self.show(form)
        return self.show(self.get_form()) if self.switching else self.to_step("check")

    def context(self) -> dict[str, Any]:
        return super().context() | {"files": self.files}

    def _attach(self, form: IdentityForm, name: str, kind: str, upload: Any) -> None:
        try:
            limits.spend("upload", limits.network_of(self.request))
            drafts.attach(self.draft, kind=kind, upload=upload)
        except DiasporaError as error:
            self.refused = True
            form.add_error(name, f"{upload.name}: {self.sentence(error)}")

    def _count(self, kind: str) -> int:
        return sum(file.kind == kind for file in self.files)


class RemoveFile(DraftMixin, StepView):
    def post(self, request: HttpRequest, *, file: UUID, **kwargs: Any) -> HttpResponse:
        with contextlib.suppress(SomeoneWasFirst):  # the next page shows what became of the order
            drafts.detach(self.draft, file=file)
        return self.to_step("identity")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to_step("identity")
