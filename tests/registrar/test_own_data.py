"""What leaves the office about an applicant: mails without typed text, and the file of their own data."""

import json

import pytest

from tests.factories.registrar import FACTS, an_office, an_order
from tests.registrar.applicant import Applicant, mails
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.registrar import notices
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
