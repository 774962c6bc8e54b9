"""What leaves the office about an applicant: mails without typed text, and the file of their own data."""

import json

import pytest
from django.contrib.auth import get_user_model

from tests.factories.registrar import FACTS, an_office, an_order
from tests.registrar.applicant import Applicant, found, mails
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.registrar import actions, notices
from wagtail_diaspora.registrar.actions.sending import AskedPerson

pytestmark = pytest.mark.django_db
JMBG = "0104962160000"


@pytest.fixture
def office():
    return an_office()


def test_no_typed_text_stands_in_any_mail_to_the_applicant(office):
    typed = "ZZTYPED"
    order = an_order(
        office,
        language="en",
        applicant={"forenames": typed, "family_name": typed, "country": "DE", "purpose_text": typed},
        address={"name": typed, "lines": typed, "city": typed, "country": "DE"},
        persons=[a_person(typed)],
    )
    received = mails(":received:")[0].payload
    assert typed not in json.dumps(received)
    facts = {
        "items": list(order.items.select_related("document_type")),
        "answer_by": order.due_on,
        "code": "1",
        "what": "person",
        "confirm": "",
        "asked": [],
    }
    order.answer_by = order.due_on
    kinds = set(notices.KINDS) - set(notices.OFFICE_SUBJECTS)
    for kind in kinds:
        assert typed not in json.dumps(notices.mail_to_applicant(order, kind, **facts).payload), kind


def a_person(typed):
    return AskedPerson("self", {**FACTS, "family_name": typed, "forenames": typed, "place_of_birth": typed})


def test_the_export_holds_what_is_kept_and_neither_scans_nor_the_whole_jmbg(client, office):
    persons = [a_person("Žana")]
    persons[0].facts["jmbg"] = JMBG
    applicant = Applicant(client, an_order(office, language="en", persons=persons))
    assert "Königstraße" not in applicant.get("export")
    answer = applicant.post("export", {"code": applicant.code("export")})
    assert answer["Content-Disposition"].endswith(f'{applicant.order.reference}.json"')
    text = answer.content.decode()
    data = json.loads(text)
    assert data["applicant"]["family_name"] == "Šućur-Đukić" and data["delivery"]["city"] == "Stuttgart"
    assert data["persons"][0]["facts"]["jmbg"] == "•••••••••0000" and JMBG not in text
    assert {"documents", "messages", "payment", "files", "mails", "history", "corrections"} < set(data)
    assert MunicipalityLogEntry.objects.filter(action="diaspora_registrar.exported").count() == 1


def test_a_jmbg_under_another_code_is_found_and_masked_also_in_corrections(client, office):
    other = "0204962160004"
    persons = [AskedPerson("self", {**FACTS, "number-of-father": JMBG})]
    order = an_order(office, language="en", persons=persons)
    assert found(office, "jmbg", JMBG)
    facts = {**FACTS, "number-of-father": other}
    actions.correct_person(order, person=order.persons.get().pk, facts=facts)
    assert found(office, "jmbg", other) and not found(office, "jmbg", JMBG)
    text, data = exported(Applicant(client, order))
    assert JMBG not in text and other not in text
    assert data["corrections"][0]["before"] == {"number-of-father": "•••••••••0000"}


def test_the_export_holds_the_entry_the_papers_and_the_payments(client, office):
    clerk, order = get_user_model().objects.create(username="clerk"), an_order(office, language="en")
    act = {"number": "12", "book": "MKR, 1962", "remarks": "Name changed in 1990"}
    actions.mark_found(order, user=clerk, item=order.items.get().pk, act=act)
    actions.record_payment(order, user=clerk, received_on=order.due_on, document_number="S-55")
    actions.issue(order, user=clerk, item=order.items.get().pk, blank_number="AB 1")
    paper = order.papers.get()
    text, data = exported(Applicant(client, order))
    (document,), (entry,) = data["documents"], data["payment"]["entries"]
    assert document["entry_in_the_register"] == act
    assert [(p["number"], p["blank"]) for p in document["papers"]] == [(paper.number, "AB 1")]
    assert (entry["number"], entry["on"]) == ("S-55", str(order.due_on)) and paper.code not in text


def exported(applicant):
    text = applicant.post("export", {"code": applicant.code("export")}).content.decode()
    return text, json.loads(text)


@pytest.mark.parametrize(
    ("name", "action"), [("change", "opened"), ("request_to_sign", "request_opened"), ("export", "exported")]
)
def test_what_is_opened_with_a_code_is_logged_and_no_clerk_is_disturbed(client, name, action):
    applicant = Applicant(client, an_order(an_office(signature_policy="upload"), language="en"))
    actions.confirm_email(applicant.order, address=applicant.order.email)
    applicant.order.refresh_from_db()
    version = applicant.order.version
    assert applicant.post(name, {"code": applicant.code(name)}).status_code in (200, 302)
    applicant.order.refresh_from_db()
    entries = MunicipalityLogEntry.objects.filter(action=f"diaspora_registrar.{action}")
    assert entries.count() == 1 and applicant.order.version == version
    assert "code." in applicant.get("case") or action == "exported"
