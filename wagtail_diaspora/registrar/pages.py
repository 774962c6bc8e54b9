"""The pages of an order that ask something: what is wrong with an answer that one of them took before.

Public API: `Pages`, `Problem`, `KEPT_AS`. A page that was content with an answer is asked again only when
the answer, or anything by which it was checked, is another than then.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from wagtail_diaspora import __version__

from .forms import ApplicantForm, DeliveryForm, PersonForm, digest_of

__all__ = ["KEPT_AS", "Pages", "Problem"]

KEPT_AS = {"you": "applicant", "delivery": "delivery"}
"""Where the answers of these steps stand; each person has an own page."""


@dataclass(frozen=True)
class Problem:
    """What keeps an order from being sent, and the step that mends it."""

    step: str
    sentence: Any
    number: int | None = None


class Pages:
    """Of one `Flow`. `content` stands among its answers: by page, what it last found nothing wrong with."""

    def __init__(self, flow: Any):
        self.flow = flow
        self.content: dict[str, str] = flow.answers.setdefault("content", {})

    def took(self, step: str, number: int | None = None) -> None:
        self.content[_name(step, number)] = self._digest(step, number)

    def problems(self, step: str, number: int | None = None) -> list[Problem]:
        if self.content.get(_name(step, number)) == self._digest(step, number):
            return []
        form = self._form(step, number)
        labels = {name: field.label for name, field in form.fields.items()}
        found = [
            Problem(step, f"{labels.get(name, '')}: {errors[0]}", number)
            for name, errors in form.errors.items()
        ]
        if not found:
            self.took(step, number)
        return found

    def _digest(self, step: str, number: int | None) -> str:
        """Of the answer and of all that its form looks at."""
        today, language = timezone.localdate().isoformat(), get_language()
        around = [self._asked(step, number), self.flow.offer.fingerprint, today, language, __version__]
        said = json.dumps([self._answer(step, number), *around], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def _answer(self, step: str, number: int | None) -> dict:
        return self.flow.persons[number] if step == "person" else self.flow.answers[KEPT_AS[step]]

    def _asked(self, step: str, number: int | None) -> list[str]:
        """For which documents, or with which ways to choose from."""
        return [k.code for k in self.flow.types_for(number)] if step == "person" else self.flow.methods

    def _form(self, step: str, number: int | None) -> ApplicantForm | DeliveryForm | PersonForm:
        answer = self._answer(step, number)
        if step == "you":
            return ApplicantForm(answer)
        if step == "delivery":
            return DeliveryForm(answer, methods=self.flow.methods)
        seen = digest_of(answer["facts"])
        data = {"relation": answer["relation"], "doubts_seen": seen, **answer["facts"]}
        return PersonForm(data, types=self.flow.types_for(number))


def _name(step: str, number: int | None) -> str:
    return step if number is None else f"{step} {number}"
