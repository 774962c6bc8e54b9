"""A draft's answers, read as the steps of an order: which comes next, and whether all is answered.

Public API: `Flow`, `Problem`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_diaspora import dates
from wagtail_diaspora.exceptions import NotTogether
from wagtail_diaspora.municipalities.models import Municipality

from .actions.charges import postage_for
from .actions.sending import AskedItem, AskedPerson, Submission
from .forms import common_relations
from .forms.fields import NO_NAME
from .models import RegistrarSettings
from .models.settings import Delivery
from .models.thread import FileKind
from .offer import Offer, OfferedRelation, OfferedType, offer_of
from .pages import KEPT_AS, Pages, Problem
from .states import PaymentPolicy

NOT_TOGETHER = gettext_lazy(
    "Nobody may ask for these documents together. Choose “Somebody else” for this one."
)
STEPS = ("documents", "person", "you", "delivery", "identity", "check")


class Asked(NamedTuple):
    """One document of the draft: `language`, `copies`, `person` as answered; minor units for all copies."""

    kind: OfferedType
    item: dict
    price: int


class Flow:
    """`answers` is changed in place; the caller saves it."""

    def __init__(self, municipality: Municipality, settings: RegistrarSettings, answers: dict):
        self.municipality, self.settings = municipality, settings
        self.answers = answers
        self.items: list[dict] = answers.setdefault("items", [])
        self.persons: list[dict] = answers.setdefault("persons", [])
        self.pages = Pages(self)

    @cached_property
    def offer(self) -> Offer:
        return offer_of(self.settings)

    @property
    def takes_orders(self) -> bool:
        return bool(self.offer.types) and self.offer.calendar.takes_orders(timezone.localdate())

    @property
    def opens_on(self) -> date | None:
        """When the office takes orders again; None where it does, or nobody knows."""
        return self.offer.closure(timezone.localdate())["opens_on"]

    @property
    def methods(self) -> list[str]:
        ways = {
            Delivery.POST: self.settings.delivers_by_post,
            Delivery.COLLECT: self.settings.delivers_at_office,
        }
        return [way for way, offered in ways.items() if offered]

    @property
    def person_names(self) -> list[str]:
        return [
            name_of(person["facts"]) or _("Person %(number)s") % {"number": number}
            for number, person in enumerate(self.persons, start=1)
        ]

    def types_for(self, person: int) -> list[OfferedType]:
        kinds = [self.offer.get(item["type"]) for item in self.items if item["person"] == person]
        return list({kind.code: kind for kind in kinds if kind}.values())

    def is_described(self, person: int) -> bool:
        """Whether all is known of the person that their documents ask."""
        return person < len(self.persons) and not self.pages.problems("person", person)

    def put_item(self, number: int, answer: dict, person: int | None) -> int:
        """Keep the item at `number` (or as a new last one); returns the number of its person.

        Raises NotTogether when nobody may ask for this and the person's other documents.
        """
        person = len(self.persons) if person is None else person
        self.items[number : number + 1] = [answer | {"person": person}]
        if not common_relations(self.types_for(person)):
            raise NotTogether(NOT_TOGETHER)
        self._forget_unused_persons()
        return self.items[min(number, len(self.items) - 1)]["person"]

    def remove_item(self, number: int) -> None:
        del self.items[number : number + 1]
        self._forget_unused_persons()

    def put(self, step: str, answer: dict, number: int | None = None) -> None:
        """Keep what the form of that page took."""
        if step == "person":
            self.persons[number : number + 1] = [answer]
        else:
            self.answers[KEPT_AS[step]] = answer
        self.pages.took(step, number)

    def next_step(self) -> tuple[str, int | None]:
        """The first step that is not answered yet."""
        if not self.items:
            return "item", 0
        if any(item["person"] >= len(self.persons) for item in self.items):
            return "person", len(self.persons)
        for step, key in KEPT_AS.items():
            if key not in self.answers:
                return step, None
        return "check", None

    def papers_needed(self) -> Iterator[tuple[str, OfferedRelation]]:
        """Name of the person, and the paper that shows what the applicant is to them."""
        for number, person in enumerate(self.persons):
            for kind in self.types_for(number):
                paper = kind.paper_for(person["relation"])
                if paper and paper.paper:
                    yield self.person_names[number], paper
                    break

    @property
    def asked(self) -> list[Asked]:
        """What the office still offers of it, with today's prices."""
        known = [(self.offer.get(item["type"]), item) for item in self.items]
        return [
            Asked(kind, item, 0 if self.is_free else kind.fee_minor * item["copies"])
            for kind, item in known
            if kind
        ]

    @property
    def lines(self) -> list[tuple[Asked, str]]:
        """With the name of the person."""
        names = dict(enumerate(self.person_names))
        return [(asked, names.get(asked.item["person"], "")) for asked in self.asked]

    @property
    def is_free(self) -> bool:
        return self.settings.payment_policy == PaymentPolicy.FREE

    @property
    def postage(self) -> int:
        if self.is_free:
            return 0
        delivery = self.answers.get("delivery", {})
        return postage_for(self.settings.policy(), delivery.get("method"), delivery.get("country"))

    @property
    def total(self) -> int:
        return sum(asked.price for asked in self.asked) + self.postage

    @property
    def due_on(self) -> date | None:
        types = [asked.kind for asked in self.asked]
        return self.offer.due_on(types, received=timezone.localdate()) if types else None

    @property
    def terms(self) -> str:
        """What the applicant agrees to when it is sent now: amount, way of payment, day."""
        return f"{self.total} {self.settings.payment_policy} {self.due_on}"

    def problems(self, file_kinds: Iterable[str]) -> list[Problem]:
        """Everything that is missing or wrong now, whatever the steps said when they were answered."""
        return [*self._step_problems(), *self._file_problems(set(file_kinds))]

    def submission(self, *, language: str, page_id: int | None) -> Submission:
        """The whole order; ask `problems` first."""
        delivery, applicant = dict(self.answers["delivery"]), dict(self.answers["applicant"])
        return Submission(
            municipality=self.municipality,
            settings=self.settings,
            items=[
                AskedItem(self.offer.get(i["type"]), i["person"], i["copies"], i["language"])
                for i in self.items
            ],
            persons=[AskedPerson(p["relation"], p["facts"]) for p in self.persons],
            email=applicant.pop("email"),
            applicant=applicant,
            delivery_method=delivery.pop("method"),
            address=delivery,
            language=language,
            page_id=page_id,
        )

    def _step_problems(self) -> Iterator[Problem]:
        if not self.takes_orders:
            yield Problem("check", self._closed_sentence())
        step, number = self.next_step()
        if step != "check":
            yield Problem(step, _("Please answer this page."), number)
            return
        for number, item in enumerate(self.items):
            if not self.offer.get(item["type"]):
                yield Problem("item", _("The office no longer offers this document. Choose another."), number)
        for number in range(len(self.persons)):
            if self.types_for(number):
                yield from self.pages.problems("person", number)
        for step in KEPT_AS:
            yield from self.pages.problems(step)

    def _closed_sentence(self) -> str:
        if opens_on := self.opens_on:
            return _(
                "The office takes no orders until %(day)s. What you wrote is kept: please send it then."
            ) % {"day": dates.in_sentence(opens_on)}
        return _("The office takes no orders just now. What you wrote is kept: please come back later.")

    def _file_problems(self, kinds: set[str]) -> Iterator[Problem]:
        if self.settings.identity_required and FileKind.IDENTITY not in kinds:
            yield Problem("identity", _("Choose a picture of your passport or identity card."))
        needed = any(paper.paper_required for _name, paper in self.papers_needed())
        if needed and FileKind.RELATION not in kinds:
            yield Problem("identity", _("Choose a picture of the paper that shows that you may ask."))

    def _forget_unused_persons(self) -> None:
        used = sorted({item["person"] for item in self.items if item["person"] < len(self.persons)})
        self.persons[:] = [self.persons[number] for number in used]
        places = {old: new for new, old in enumerate(used)}
        for item in self.items:
            item["person"] = places.get(item["person"], len(self.persons))


def name_of(facts: dict) -> str:
    """Without the hyphen of whoever has one name only."""
    names = (facts.get(key, "") for key in ("forenames", "family_name"))
    return " ".join(name for name in names if name not in ("", NO_NAME))
