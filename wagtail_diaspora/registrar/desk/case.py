"""One case: what was asked, where it stands, and exactly the actions that the states allow."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault.access import Action

from .. import logged, search
from ..answers import applicant_rows, correction_rows, delivery_rows, person_rows
from ..models import Item
from ..models.papers import PaperState
from ..offer import as_offered
from ..states import ItemState
from . import steps
from .advice import advice_for
from .base import CHANGE, OrderView

MOST_DUPLICATES = 6


class CaseView(OrderView):
    template_name = "diaspora_registrar/desk/case.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.record(Action.READ, self.order, self.order.municipality)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.order
        items = self._items()
        may_change = self.may(CHANGE)
        order_steps = self._order_steps(may_change)
        entries = list(MunicipalityLogEntry.objects.filter(object_id=str(order.pk)).select_related("user"))
        mails = list(Message.objects.labelled(order.subject_key).order_by("ordinal"))
        return super().get_context_data(
            order=order,
            items=[(item, steps.offered(order, item) if may_change else []) for item in items],
            persons=self._persons(items),
            order_steps=[step for step in order_steps if not step.panel],
            applicant_steps=[step for step in order_steps if step.panel == "applicant"],
            applicant=applicant_rows({**order.applicant, "email": order.email}) if order.applicant else [],
            delivery=delivery_rows(order.delivery_method, **order.address),
            thread=order.thread.select_related("user").prefetch_related("files__file"),
            corrections=self._corrections(items),
            notes=order.notes.select_related("user"),
            files=order.files.filter(message=None).select_related("file"),
            payments=order.payments.select_related("user"),
            history=logged.with_labels(entries),
            untold=[] if order.email or order.erased_at else logged.untold(entries),
            mails=[(mail, advice_for(mail)) for mail in mails],
            failed=[mail for mail in mails if mail.state == "failed"],
            same_persons=search.same_persons(order, limit=MOST_DUPLICATES) if order.is_open else [],
            may_change=may_change,
            correct_facts=may_change and steps.CORRECT_PERSON.offered_for(order),
            refused=any(item.state == ItemState.REFUSED for item in items),
            enclosed=any(paper.state == PaperState.ISSUED for item in items for paper in item.papers.all()),
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
        """What was changed, the newest first, each with its rows of old and new."""
        types = [as_offered(item.document_type) for item in items]
        rows = self.order.corrections.select_related("person", "user").order_by("-created_at")
        return [(row, correction_rows(row, types)) for row in rows]

    def _order_steps(self, may_change: bool) -> list[steps.Step]:
        offered = steps.offered(self.order) if may_change else []
        return [step for step in offered if step.permission == CHANGE or self.may(step.permission)]
