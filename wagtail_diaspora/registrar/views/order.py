"""The steps of an order, one thing per page. Every one is a plain POST."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wagtail_diaspora import conf, limits
from wagtail_diaspora.exceptions import LimitReached, SomeoneWasFirst
from wagtail_diaspora.municipalities.places import stands_in
from wagtail_diaspora.scripts import to_latin

from .. import links, tokens
from ..actions import drafts
from ..flow import Flow, name_of
from ..forms import ApplicantForm, DeliveryForm, ItemForm, PersonForm
from ..models.pages import RegistrarPage
from .base import DraftMixin, StepView, forget_draft_cookie, office_of, set_draft_cookie


class ItemStep(StepView):
    """Which document, how many, in which language."""

    step = "documents"
    title = _("Which document do you need?")
    template_name = "diaspora_registrar/order/item.html"


class NewOrder(ItemStep):
    """The first page. Nothing is stored until it is answered."""

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        self.municipality = office_of(request)
        self.flow = Flow(self.municipality, self.municipality.registrar_settings, {})
        if not self.flow.takes_orders:
            self.template_name = "diaspora_registrar/order/closed.html"
            closure = self.flow.offer.closure(timezone.localdate())
            return self.render(municipality=self.municipality, **closure)
        return None

    def get_form(self, **data: Any) -> ItemForm:
        initial = {"language": self.language, "type": self.request.GET.get("type")}
        return ItemForm(data.get("data"), offer=self.flow.offer, persons=[], initial=initial)

    def keep(self, form: ItemForm) -> HttpResponse:
        self.flow.put_item(0, form.answer(), None)
        secret, secret_hash = tokens.new_secret()
        draft = drafts.begin(
            self.municipality,
            page=self._page(),
            secret_hash=secret_hash,
            language=self.language,
            network=limits.network_of(self.request),
            answers=self.flow.answers,
        )
        response = redirect(links.address("person", draft=draft.pk, number=0))
        set_draft_cookie(self.request, response, draft, secret)
        return response

    def context(self) -> dict[str, Any]:
        return super().context() | {"flow": self.flow, "municipality": self.municipality}

    def _page(self) -> Page | None:
        """The registrar page from which the order was begun; its privacy notice is the one that counts."""
        number = self.request.GET.get("page", "")
        if not number.isdecimal() or len(number) > 9:
            return None
        page = RegistrarPage.objects.live().filter(pk=number).first()
        return page if page and stands_in(page, self.municipality.site_id) else None


class EditItem(DraftMixin, ItemStep):
    """`number` may be one past the last: that adds a document, and doing it twice adds one."""

    def prepare(self, request: HttpRequest, *, draft: UUID, number: int) -> HttpResponse | None:
        self.number = number
        if response := super().prepare(request, draft=draft):
            return response
        return None if number <= len(self.flow.items) else self.to_next()

    def get_form(self, **data: Any) -> ItemForm:
        initial = {"language": self.language, "copies": 1}
        if self.number < len(self.flow.items):
            initial = self.flow.items[self.number]
        return ItemForm(
            data.get("data"), offer=self.flow.offer, persons=self.flow.person_names, initial=initial
        )

    def keep(self, form: ItemForm) -> HttpResponse:
        before = self.flow.items[self.number : self.number + 1]
        chosen = form.chosen_person
        if "person" not in form.fields and before:
            chosen = before[0]["person"]
        self.flow.put_item(self.number, form.answer(), chosen)
        person = self.flow.items[self.number]["person"]
        described = self.flow.is_described(person)
        drafts.save(self.draft, answers=self.flow.answers, language=self.language)
        return self.to_step("documents") if described else self.to_step("person", person)


class PersonStep(DraftMixin, StepView):
    step = "person"
    title = _("Whose record is it?")
    template_name = "diaspora_registrar/order/person.html"

    def prepare(self, request: HttpRequest, *, draft: UUID, number: int) -> HttpResponse | None:
        self.number = number
        if response := super().prepare(request, draft=draft):
            return response
        return None if number <= len(self.flow.persons) and self.types else self.to_next()

    @property
    def types(self) -> list:
        return self.flow.types_for(self.number)

    def get_form(self, **data: Any) -> Any:
        known = self.flow.persons[self.number : self.number + 1]
        return PersonForm(data.get("data"), types=self.types, answer=known[0] if known else None)

    def keep(self, form: Any) -> HttpResponse:
        self.flow.put("person", form.answer(), self.number)
        drafts.save(self.draft, answers=self.flow.answers, language=self.language)
        return self.to_step("documents")

    def context(self) -> dict[str, Any]:
        return super().context() | {"types": self.types}


class DocumentsStep(DraftMixin, StepView):
    """What is in the order so far; add, change, remove, or go on."""

    step = "person"
    title = _("Your documents")
    template_name = "diaspora_registrar/order/documents.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        step, number = self.flow.next_step()
        if step in ("item", "person"):
            return self.to_step(step, number)
        rows = [
            (number, item, self.flow.offer.get(item["type"]), self.flow.person_names[item["person"]])
            for number, item in enumerate(self.flow.items)
        ]
        return self.render(
            rows=rows,
            next_number=len(self.flow.items),
            full=drafts.too_many_items() if len(self.flow.items) >= conf.DRAFT_MAX_ITEMS else "",
            going_on=links.address(step, draft=self.draft.pk),
            **self.context(),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove one document."""
        number = request.POST.get("remove", "")
        if number.isdecimal() and len(number) < 4 and int(number) < len(self.flow.items):
            self.flow.remove_item(int(number))
            drafts.save(self.draft, answers=self.flow.answers, language=self.language)
        return self.to_step("documents")


class ApplicantStep(DraftMixin, StepView):
    step = "you"
    title = _("About you")
    template_name = "diaspora_registrar/order/form.html"

    def get_form(self, **data: Any) -> ApplicantForm:
        known = self.flow.answers.get("applicant") or self._guess()
        return ApplicantForm(data.get("data"), initial=known)

    def keep(self, form: ApplicantForm) -> HttpResponse:
        self.flow.put("you", form.answer())
        mail = self._may_be_mailed(drafts.new_address(self.draft, self.flow.answers))
        drafts.save(self.draft, answers=self.flow.answers, language=self.language, mail=mail)
        return self.to_next()

    def _may_be_mailed(self, address: str) -> bool:
        """A mailbox that was written to often enough gets no more of these links; the order goes on."""
        try:
            limits.spend("recipient", limits.mailbox(address)) if address else None
        except LimitReached:
            return False
        return True

    def _guess(self) -> dict:
        """Whoever orders their own document has told their name already."""
        own = [person["facts"] for person in self.flow.persons if person["relation"] == "self"]
        return {key: own[0].get(key, "") for key in ("forenames", "family_name")} if own else {}


class DeliveryStep(DraftMixin, StepView):
    step = "delivery"
    title = _("How do you want to receive the documents?")
    template_name = "diaspora_registrar/order/form.html"

    def get_form(self, **data: Any) -> DeliveryForm:
        applicant = self.flow.answers.get("applicant", {})
        name = to_latin(name_of(applicant))  # for the post of any country
        known = self.flow.answers.get("delivery") or {"name": name, "country": applicant.get("country")}
        return DeliveryForm(data.get("data"), methods=self.flow.methods, initial=known)

    def keep(self, form: DeliveryForm) -> HttpResponse:
        first_time = "delivery" not in self.flow.answers
        self.flow.put("delivery", form.answer())
        drafts.save(self.draft, answers=self.flow.answers, language=self.language)
        return self.to_step("identity" if first_time else "check")


class EraseDraft(DraftMixin, StepView):
    """Leave, and erase what was written, on this device and at the office."""

    step = "check"
    title = _("Leave and erase")
    template_name = "diaspora_registrar/order/erase.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render(**self.context())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            drafts.erase(self.draft)
        except SomeoneWasFirst:
            return self.to_step("documents")
        self.template_name = "diaspora_registrar/order/erased.html"
        response = self.render(municipality=self.draft.municipality)
        response.headers["Clear-Site-Data"] = '"cache"'
        forget_draft_cookie(response, self.draft)
        return response
