"""One case: what was asked, where it stands, and exactly the actions that the states allow."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox import actions as outbox
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.access import Action
from wagtail_diaspora.vault.models import FileState

from .. import logged, papers
from ..actions.door import OTHER_WAS_FIRST
from ..answers import applicant_rows, correction_rows, delivery_rows, person_rows
from ..models import Item, Paper
from ..models.papers import PaperState
from ..offer import as_offered
from ..views.papers import pdf
from . import steps
from .base import CHANGE, OrderView
from .forms import SENDABLE


class CaseView(OrderView):
    template_name = "diaspora_registrar/desk/case.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.record(Action.READ, self.order, self.order.municipality)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.order
        items = self._items()
        may_change = self.may(CHANGE)
        return super().get_context_data(
            order=order,
            items=[(item, steps.offered(order, item) if may_change else []) for item in items],
            persons=self._persons(items),
            order_steps=self._order_steps(may_change),
            applicant=applicant_rows({**order.applicant, "email": order.email}) if order.applicant else [],
            delivery=delivery_rows(order.delivery_method, **order.address),
            thread=order.thread.select_related("user").prefetch_related("files__file"),
            corrections=self._corrections(items),
            notes=order.notes.select_related("user"),
            files=order.files.filter(message=None).select_related("file"),
            payments=order.payments.select_related("user"),
            history=logged.with_labels(
                MunicipalityLogEntry.objects.filter(object_id=str(order.pk)).select_related("user")
            ),
            mails=Message.objects.labelled(order.subject_key).order_by("ordinal"),
            may_change=may_change,
            **kwargs,
        )

    def _items(self) -> list[Item]:
        rows = self.order.items.select_related("person", "document_type")
        return list(rows.prefetch_related("papers", "document_type__facts", "document_type__relations"))

    def _persons(self, items: list[Item]) -> list[tuple[Any, list]]:
        shown = {}
        for item in items:
            shown.setdefault(item.person, []).append(as_offered(item.document_type))
        return [(p, person_rows(p.facts, types, p.relation, whole=True)) for p, types in shown.items()]

    def _corrections(self, items: list[Item]) -> list[tuple[Any, list]]:
        """What the applicant changed, the newest first, each with its rows of old and new."""
        kinds = {fact.code: fact.kind for item in items for fact in item.document_type.facts.all()}
        rows = self.order.corrections.select_related("person").order_by("-created_at")
        return [(row, correction_rows(row, kinds)) for row in rows]

    def _order_steps(self, may_change: bool) -> list[steps.Step]:
        offered = steps.offered(self.order) if may_change else []
        return [step for step in offered if step.permission == CHANGE or self.may(step.permission)]


class StepView(OrderView):
    """Every action is confirmed on a page of its own; the second of two clerks is told here."""

    permission = CHANGE
    template_name = "diaspora_registrar/desk/step.html"

    def dispatch(self, request: HttpRequest, *args: Any, step: str, **kwargs: Any) -> HttpResponse:
        if step not in steps.BY_NAME:
            raise Http404
        self.step = steps.BY_NAME[step]
        self.permission = self.step.permission
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self._is_offered():
            return self._show(self._form())
        return self._back(_("This step is not possible now. Look at the case again."))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not self._is_offered():
            return self._back(self._why_not(request.POST.get("version", "")))
        if not form.is_valid():
            return self._show(form)
        try:
            self._run(form)
        except DiasporaError as error:
            return self._told(form, str(error))
        messages.success(request, _("Done: %(step)s.") % {"step": self.step.label})
        return redirect(self.case_url)

    def more_breadcrumbs(self) -> list[dict]:
        return [*super().more_breadcrumbs(), {"url": "", "label": self.step.label}]

    @cached_property
    def item(self) -> Item | None:
        return self.item_asked_for() if self.step.to else None

    def _run(self, form: Any) -> None:
        facts = {"item": self.item.pk} if self.item else {}
        version = form.cleaned_data["version"]
        self.step.run(self.order, user=self.request.user, version=version, **facts, **form.facts())

    def _told(self, form: Any, sentence: str) -> HttpResponse:
        """What was typed stays, to be confirmed once more, if the step is still possible."""
        self.order.refresh_from_db()
        vars(self).pop("item", None)
        if not form.visible_fields() or not self._is_offered():
            return self._back(sentence)
        form.add_error(None, sentence)
        form.data = form.data.copy()
        form.data["version"] = self.order.version
        return self._show(form)

    def _why_not(self, version_seen: str) -> str:
        if version_seen == str(self.order.version):
            return _("This step is not possible now. Look at the case again.")
        return str(OTHER_WAS_FIRST)

    def _is_offered(self) -> bool:
        return self.step.offered_for(self.order, self.item)

    def _form(self, data: Any = None) -> Any:
        return self.step.form(data, order=self.order, item=self.item)

    def _show(self, form: Any) -> HttpResponse:
        self.page_subtitle = self.step.label
        context = self.get_context_data(order=self.order, item=self.item, step=self.step, form=form)
        return self.render_to_response(context)

    def _back(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect(self.case_url)


class FileView(OrderView):
    """The bytes of one upload, always as a download, never as a page of this site."""

    def get(self, request: HttpRequest, *, file: UUID, **kwargs: Any) -> HttpResponse:
        row = self.order.files.select_related("file").filter(pk=file, file__state=FileState.CLEAN).first()
        if row is None:
            raise Http404
        self.record(Action.DOWNLOADED, row, self.order.municipality)
        response = HttpResponse(files.read(row.file), content_type=row.file.content_type)
        extension = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}[row.file.content_type]
        name = f"{self.order.reference}-{row.kind}.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response


class PaperView(OrderView):
    """A paper of the office, made now, in the language that the clerk reads."""

    def get(self, request: HttpRequest, *, kind: str, **kwargs: Any) -> HttpResponse:
        make = self._makers.get(kind)
        if make is None or self.order.erased_at:
            raise Http404
        item = self.item_asked_for() if kind == "sheet" else None
        self.record(Action.DOWNLOADED, self.order, self.order.municipality)
        return pdf(make(item), f"{self.order.reference}-{kind}")

    @property
    def _makers(self) -> dict[str, Callable[[Item | None], bytes]]:
        order, language = self.order, get_language()
        return {
            "receipt": lambda _item: papers.receipt(order, language=language),
            "request": lambda _item: papers.request_to_sign(order, language=language),
            "letter": lambda _item: papers.cover_letter(order, self._enclosed(), language=order.language),
            "sheet": lambda item: papers.preparation_sheet(item, language=language),
        }

    def _enclosed(self) -> list[Paper]:
        """The papers that have not left the office yet; after that, all that are valid."""
        issued = Paper.objects.filter(order=self.order, state=PaperState.ISSUED)
        return list(issued.filter(item__state__in=SENDABLE)) or list(issued)


class ResendView(OrderView):
    """Send a mail again that the outbox gave up on."""

    permission = CHANGE

    def post(self, request: HttpRequest, *, message: UUID, **kwargs: Any) -> HttpResponse:
        row = Message.objects.labelled(self.order.subject_key).filter(pk=message).first()
        if row is None:
            raise Http404
        try:
            outbox.resend(row, user=request.user)
            messages.success(request, _("The message waits to be sent again."))
        except DiasporaError as error:
            messages.error(request, str(error))
        return redirect(get_valid_next_url_from_request(request) or self.case_url)
