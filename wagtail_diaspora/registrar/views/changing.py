"""Correct what was sent: after a code, a page that shows it, and a form for each part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber

from wagtail_diaspora import limits
from wagtail_diaspora.exceptions import DiasporaError, SomeoneWasFirst

from .. import actions, links
from ..actions.door import OTHER_WAS_FIRST
from ..answers import applicant_rows, delivery_rows, person_rows
from ..flow import name_of
from ..forms.corrections import (
    AddressForm,
    CorrectedApplicantForm,
    CorrectedPersonForm,
    EmailForm,
    PhoneForm,
)
from ..models import Item, OneTimeCode, Person
from ..offer import OfferedType, as_offered
from .case import CaseView
from .coded import OpenedView


class ChangeMixin:
    """What may be corrected, and whether this browser has used a code just now."""

    @property
    def is_open(self) -> bool:
        return self.is_opened("change")

    @cached_property
    def items(self) -> list[Item]:
        rows = self.order.items.select_related("person", "document_type")
        return list(rows.prefetch_related("document_type__facts", "document_type__relations"))

    def types_for(self, person: Person) -> list[OfferedType]:
        kinds = {i.document_type_id: i.document_type for i in self.items if i.person_id == person.pk}
        return [as_offered(kind) for kind in kinds.values()]

    def is_possible(self) -> bool:
        return actions.may_correct(self.order)


class Change(ChangeMixin, OpenedView):
    title = _("Correct what you wrote")
    lead = _("This page shows your personal data, so we make sure that it is you.")
    purpose, page = OneTimeCode.Purpose.CHANGE, "change"

    def note(self) -> None:
        actions.note_opened(self.order)

    def show_all(self) -> HttpResponse:
        self.template_name = "diaspora_registrar/case/change.html"
        order = self.order
        return self.show(
            saved="saved" in self.request.GET,
            contact=applicant_rows({**order.applicant, "email": order.email}),
            delivery=delivery_rows(order.delivery_method, **order.address),
            may_change_applicant=actions.may_correct_applicant(order, self.items),
            may_change_address=actions.may_correct_address(order, self.items),
            persons=[self._person(person) for person in order.persons.all()],
        )

    def _person(self, person: Person) -> dict[str, Any]:
        return {
            "number": person.position,
            "name": name_of(person.facts),
            "rows": person_rows(person.facts, self.types_for(person), person.relation),
            "may_change": actions.may_correct_person(self.order, self.items, person),
        }


class ChangeStep(ChangeMixin, CaseView):
    """Base of the forms. Where the hour after the code is over, what was typed stays on the page."""

    template_name = "diaspora_registrar/case/change_form.html"
    keeps_typed = True
    compares = True
    """Whether the form shows what stands, which somebody may have corrected since."""

    def get_form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def keep(self, form: Any) -> None:
        raise NotImplementedError

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        if response := super().prepare(request, **kwargs):
            return response
        return None if self.is_possible() else self.back()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.is_open:
            return self.show(form=self.get_form())
        return redirect(links.address("change", order=self.order.pk))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if self.switching or not self.is_open:
            status = 200 if self.switching else 422
            return self.show(status=status, form=form.as_typed(), locked=not self.is_open)
        try:
            if form.is_valid():
                self.refuse_older(form)
                limits.spend("correction", str(self.order.pk))
                self.keep(form)
                return self.saved()
        except DiasporaError as error:
            self.order.refresh_from_db()  # pressing once more is an answer to what stands now
            form.add_error(None, self.sentence(error))
        return self.show(status=422, form=form)

    def refuse_older(self, form: Any) -> None:
        """Raises SomeoneWasFirst where the page showed the order of before, and something would change."""
        seen = self.request.POST.get("version", str(self.order.version))
        if self.compares and seen != str(self.order.version) and form.has_changed():
            raise SomeoneWasFirst(str(OTHER_WAS_FIRST))

    def saved(self) -> HttpResponse:
        return redirect(links.address("change", order=self.order.pk) + "?saved=1")


class ChangeApplicant(ChangeStep):
    title = _("Correct your name, country or purpose")

    def is_possible(self) -> bool:
        return actions.may_correct_applicant(self.order, self.items)

    def get_form(self, data: Any = None) -> CorrectedApplicantForm:
        return CorrectedApplicantForm(data, known=self.order.applicant)

    def keep(self, form: CorrectedApplicantForm) -> None:
        actions.correct_applicant(self.order, version=self.order.version, facts=form.answer())


class ChangePhone(ChangeStep):
    title = _("Correct your telephone number")

    def get_form(self, data: Any = None) -> PhoneForm:
        applicant = self.order.applicant
        phone = applicant.get("phone")
        initial = {"phone": PhoneNumber.from_string(phone) if phone else ""}
        return PhoneForm(data, country=applicant.get("country", ""), initial=initial)

    def keep(self, form: PhoneForm) -> None:
        actions.correct_phone(self.order, version=self.order.version, phone=form.answer())


class ChangeEmail(ChangeStep):
    """Also for the browser that sent the order, while nobody has confirmed the address."""

    title = _("Use another e-mail address")
    template_name = "diaspora_registrar/case/change_email.html"
    compares = False

    @property
    def is_open(self) -> bool:
        return super().is_open or self.is_unconfirmed_sender

    def get_form(self, data: Any = None) -> EmailForm:
        return EmailForm(data)

    def keep(self, form: EmailForm) -> None:
        limits.spend("lost_link", limits.network_of(self.request))
        actions.ask_new_email(self.order, email=form.answer())

    def saved(self) -> HttpResponse:
        return self.back("#more")


class ChangeAddress(ChangeStep):
    title = _("Correct the delivery address")

    def is_possible(self) -> bool:
        return actions.may_correct_address(self.order, self.items)

    def get_form(self, data: Any = None) -> AddressForm:
        return AddressForm(data, initial=self.order.address)

    def keep(self, form: AddressForm) -> None:
        actions.correct_address(self.order, version=self.order.version, address=form.answer())


class ChangePerson(ChangeStep):
    title = _("Correct facts about the person")

    def prepare(self, request: HttpRequest, *, number: int, **kwargs: Any) -> HttpResponse | None:
        self.number = number
        return super().prepare(request, **kwargs)

    @cached_property
    def person(self) -> Person | None:
        return self.order.persons.filter(position=self.number).first()

    def is_possible(self) -> bool:
        return self.person is not None and actions.may_correct_person(self.order, self.items, self.person)

    def get_form(self, data: Any = None) -> CorrectedPersonForm:
        answer = {"relation": self.person.relation, "facts": self.person.facts}
        return CorrectedPersonForm(data, types=self.types_for(self.person), answer=answer)

    def keep(self, form: CorrectedPersonForm) -> None:
        actions.correct_person(
            self.order, version=self.order.version, person=self.person.pk, facts=form.all_facts()
        )
