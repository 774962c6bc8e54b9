"""The checked page as one order."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from wagtail_diaspora.scripts import to_latin

from ...actions.sending import Submission
from ...flow import Flow, name_of
from ...models.documents import Relation
from ...models.settings import Delivery
from .page import EntryPage


def submission_of(page: EntryPage, *, user: Any) -> Submission | None:
    """None, with the error in its form, when it is not known who asks."""
    answers = _answers(page)
    if not answers["applicant"]["family_name"]:
        page.applicant.add_error("forenames", _("Write who asks: it is none of the persons in the records."))
        return None
    arrival = page.arrival.cleaned_data
    flow = Flow(page.municipality, page.flow.settings, answers)
    return replace(
        flow.submission(language=arrival["language"], page_id=None),
        user=user,
        channel=arrival["channel"],
        received_on=arrival["received_on"],
        protocol_number=arrival["protocol_number"],
    )


def _answers(page: EntryPage) -> dict[str, Any]:
    places = {number: place for place, number in enumerate(page.persons)}
    persons = [form.answer() for form in page.persons.values()]
    applicant = _applicant(page.applicant.answer(), persons)
    return {
        "items": [form.answer() | {"person": places[form.chosen_person]} for form in page.items],
        "persons": persons,
        "applicant": applicant,
        "delivery": _delivery(page.delivery.answer(), applicant),
    }


def _applicant(applicant: dict, persons: list[dict]) -> dict:
    """With the name of the person in the record where that is who asks."""
    if applicant["family_name"]:
        return applicant
    own = next((person["facts"] for person in persons if person["relation"] == Relation.SELF), {})
    return applicant | {name: own.get(name, "") for name in ("forenames", "family_name")}


def _delivery(delivery: dict, applicant: dict) -> dict:
    """With the name and country of the applicant where no other was written."""
    if delivery["method"] != Delivery.POST:
        return delivery
    name = to_latin(name_of(applicant))
    return delivery | {
        "name": delivery["name"] or name,
        "country": delivery["country"] or applicant["country"],
    }
