"""Every action is confirmed on a page of its own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin import messages

from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.vault.access import Action

from ..actions.door import OTHER_WAS_FIRST
from ..answers import applicant_rows, person_rows
from ..models import Item
from ..models.thread import FileKind
from ..offer import as_offered
from . import steps
from .base import CHANGE, OrderView
from .writing import TemplatedForm


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
        form = self._form(request.POST, files=request.FILES)
        if not self._is_offered():
            return self._back(self._why_not(request.POST.get("version", "")))
        if "insert" in request.POST and isinstance(form, TemplatedForm):
            return self._show(self._form(initial=form.with_template(request.POST)))
        if not form.is_valid():
            return self._show(form)
        try:
            self._run(form)
        except DiasporaError as error:
            return self._told(form, str(error))
        done = _("Done: %(step)s.") % {"step": self.step.label}
        messages.success(request, done, buttons=self._undo_buttons())
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

    def _undo_buttons(self) -> list:
        """The step that takes this one back, if it is possible."""
        self.order.refresh_from_db()
        vars(self).pop("item", None)
        undo = steps.BY_NAME.get(self.step.undo)
        if undo is None or not undo.offered_for(self.order, self.item if undo.to else None):
            return []
        url = reverse("diaspora_desk:step", args=[self.order.pk, undo.name])
        item = f"?item={self.item.pk}" if undo.to else ""
        return [messages.button(url + item, pgettext("clerk's action", "Undo"))]

    def _is_offered(self) -> bool:
        return self.step.offered_for(self.order, self.item)

    def _form(self, data: Any = None, **options: Any) -> Any:
        return self.step.form(data, order=self.order, item=self.item, **options)

    def _show(self, form: Any) -> HttpResponse:
        self.page_subtitle = self.step.label
        context = self.get_context_data(order=self.order, item=self.item, step=self.step, form=form)
        context["files_lost"] = bool(self.request.FILES)
        if self._compares(form):
            self.record(Action.READ, self.order, self.order.municipality)
            context |= self._beside()
        return self.render_to_response(context)

    def _compares(self, form: Any) -> bool:
        return self.item is not None or form.compares

    def _beside(self) -> dict[str, Any]:
        order = self.order
        items = [self.item] if self.item else self.items_asked()
        shown: dict[Any, list] = {}
        for item in items:
            shown.setdefault(item.person, []).append(as_offered(item.document_type))
        return {
            "persons": [
                (p, person_rows(p.facts, types, p.relation, whole=True)) for p, types in shown.items()
            ],
            "applicant": applicant_rows({**order.applicant, "email": order.email}),
            "files": order.files.exclude(kind=FileKind.OFFICE).select_related("file"),
            "last_message": None if self.item else order.thread.filter(from_applicant=True).last(),
        }

    def _back(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect(self.case_url)
