"""A page of the order that took an answer is asked again when something is another than then, only then.

`REFUSED` stands for an answer that the page would refuse: as long as nothing is said of it, nobody asked.
"""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone, translation

import wagtail_diaspora
from tests.factories.registrar import APPLICANT, FACTS, an_office
from tests.registrar.citizen import PERSON, Citizen
from wagtail_diaspora.registrar import pages
from wagtail_diaspora.registrar.flow import Flow
from wagtail_diaspora.registrar.models import DocumentFact, Draft, Order
from wagtail_diaspora.registrar.models.thread import FileKind

pytestmark = pytest.mark.django_db
DECLARED = {"declared": "on", "privacy": "on"}
REFUSED = APPLICANT | {"email": "nobody"}
STRANGE = {"relation": "parent", "facts": FACTS | {"date_of_birth": "never"}}


@pytest.fixture
def office():
    return an_office(identity_required=False)


def flow_of(office, answers):
    office.registrar_settings.refresh_from_db()
    return Flow(office, office.registrar_settings, answers)


@pytest.fixture
def taken(office):
    """Answers that their pages took, the applicant's and the person's being those that they would refuse."""
    flow = flow_of(office, {})
    flow.put_item(0, {"type": "birth", "copies": 1, "language": "sr"}, None)
    flow.put("person", deepcopy(STRANGE), 0)
    flow.put("you", dict(REFUSED))
    flow.put("delivery", {"method": "collect"})
    return flow.answers


def steps(office, answers):
    """Which pages have something to say, once each."""
    found = flow_of(office, answers).problems([FileKind.RELATION])
    return list(dict.fromkeys(problem.step for problem in found))


def test_a_page_that_took_an_answer_is_not_asked_again(office, taken):
    assert steps(office, taken) == []


def test_an_answer_that_no_page_took_is_refused(office, taken):
    del taken["content"]
    assert steps(office, taken) == ["person", "you"]


def test_another_answer_is_asked_again(office, taken):
    taken["applicant"]["purpose_text"] = "Something else"
    assert steps(office, taken) == ["you"]
    taken["persons"][0]["facts"]["forenames"] = "Other"
    assert steps(office, taken) == ["person", "you"]


def test_another_document_for_the_same_person_is_asked_again(office, taken):
    flow = flow_of(office, taken)
    flow.put_item(1, {"type": "citizenship", "copies": 1, "language": "sr"}, 0)
    assert steps(office, taken) == ["person"]


@pytest.mark.parametrize(
    "change",
    [
        lambda office: office.document_types.filter(code="birth").update(fee_minor=700),
        lambda office: office.document_types.filter(code="death").update(active=False),
        lambda office: DocumentFact.objects.filter(document_type__code="birth").update(required=True),
    ],
)
def test_another_offer_is_asked_again(office, taken, change):
    change(office)
    kind = office.document_types.get(code="citizenship")
    kind.save()
    assert steps(office, taken) == ["person", "you"]


def test_the_same_offer_under_another_version_is_the_same(office, taken):
    office.registrar_settings.save()
    assert steps(office, taken) == []


def test_other_ways_of_delivery_are_asked_again(office, taken):
    office.registrar_settings.delivers_at_office = False
    office.registrar_settings.save()
    assert "delivery" in steps(office, taken)


def test_another_day_is_asked_again(office, taken, monkeypatch):
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert steps(office, taken) == ["person", "you"]


def test_another_language_is_asked_again(office, taken):
    with translation.override("de"):
        assert steps(office, taken) == ["person", "you"]


def test_another_version_of_ours_is_asked_again(office, taken, monkeypatch):
    assert pages.__version__ == wagtail_diaspora.__version__
    monkeypatch.setattr(pages, "__version__", "0")
    assert steps(office, taken) == ["person", "you"]


def test_what_was_right_when_it_was_asked_again_is_remembered(office, taken):
    taken["applicant"] = APPLICANT | {"email": "ana@example.net"}
    taken["persons"][0]["facts"]["date_of_birth"] = "1962-04-01"
    before = dict(taken["content"])
    assert steps(office, taken) == []
    assert all(taken["content"][page] != before[page] for page in ("person 0", "you"))


def test_every_step_of_a_citizen_is_remembered_and_gone_with_the_answers(client, office):
    citizen = Citizen(client).as_far_as_check()
    draft = Draft.objects.get()
    with translation.override(draft.language):
        known = flow_of(office, draft.answers).pages
        assert set(known.content) == {"person 0", "you", "delivery"}
        assert all(known.content[page] == known._digest(*step) for page, step in STEPS.items())
    assert citizen.post(**DECLARED).status_code == 302
    assert "content" not in Order.objects.get().applicant and Draft.objects.get().answers is None


STEPS = {"person 0": ("person", 0), "you": ("you", None), "delivery": ("delivery", None)}


def test_a_second_document_for_the_same_person_is_remembered(client, office):
    Citizen(client).as_far_as_check().goes("item", number=1).post(
        type="citizenship", language="sr", copies="1", person="0"
    )
    draft = Draft.objects.get()
    with translation.override(draft.language):
        known = flow_of(office, draft.answers).pages
        assert known.content["person 0"] == known._digest("person", 0)


def test_a_question_that_is_new_since_the_last_step_keeps_the_order_back(client, office):
    citizen = Citizen(client).as_far_as_check()
    kind = office.document_types.get(code="birth")
    village = {"code": "village", "kind": "text", "label": {"bs": "Selo"}, "sort_order": 99}
    DocumentFact.objects.create(document_type=kind, **village)
    kept = citizen.post(**DECLARED)
    assert kept.status_code == 422 and "Selo: " in kept.content.decode() and not Order.objects.exists()
    citizen.goes("person", number=0).post(**PERSON, village="Ljubija")
    assert citizen.goes("check").post(**DECLARED).status_code == 302
