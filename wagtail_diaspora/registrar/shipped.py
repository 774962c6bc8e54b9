"""What a new office starts with: document types in every language of the citizen, without prices.

Public API: `add_document_types`. An office changes all of it; what it has already is left alone.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.citizens import served_languages
from wagtail_diaspora.municipalities.models import Municipality

from .facts import KNOWN
from .models import DocumentFact, DocumentRelation, DocumentType
from .models.documents import Edition, Register, Relation

FACTS = [
    "family_name",
    "forenames",
    "former_names",
    "sex",
    "date_of_birth",
    "place_of_birth",
    "father_name",
    "mother_name",
    "mother_birth_surname",
    "jmbg",
]
OPTIONAL = ("former_names", "father_name", "mother_name", "mother_birth_surname", "jmbg")
RELATIONS: tuple[tuple[str, Any, bool], ...] = (
    (Relation.SELF, "", False),
    (Relation.PARENT, "", False),
    (
        Relation.PROXY,
        _("The power of attorney, certified by a municipality, a notary or a consulate of BiH"),
        True,
    ),
)


@dataclass(frozen=True)
class ShippedType:
    code: str
    register: str
    edition: str
    name: Any
    summary: Any


TYPES = (
    ShippedType(
        "birth",
        Register.BIRTHS,
        Edition.NATIONAL,
        pgettext_lazy("document", "Birth extract"),
        _("For use in Bosnia and Herzegovina, and abroad with a translation."),
    ),
    ShippedType(
        "birth-multilingual",
        Register.BIRTHS,
        Edition.MULTILINGUAL,
        pgettext_lazy("document", "Birth extract, international (multilingual)"),
        _("For use abroad, in the countries of the Vienna convention, without a translation."),
    ),
    ShippedType(
        "citizenship",
        Register.CITIZENS,
        Edition.NATIONAL,
        pgettext_lazy("document", "Certificate of citizenship"),
        _("Shows that you are a citizen of Bosnia and Herzegovina."),
    ),
)


def add_document_types(municipality: Municipality) -> list[DocumentType]:
    """Returns those that were added."""
    have = set(municipality.document_types.values_list("code", flat=True))
    return [
        _add(municipality, shipped, position)
        for position, shipped in enumerate(TYPES)
        if shipped.code not in have
    ]


def in_all_languages(words: Any) -> dict[str, str]:
    """A lazy string as words by language."""
    if not words:
        return {}
    said = {}
    for code in served_languages():
        with translation.override(code):
            said[code] = str(words)
    return said


def _add(municipality: Municipality, shipped: ShippedType, position: int) -> DocumentType:
    kind = DocumentType.objects.create(
        municipality=municipality,
        code=shipped.code,
        name=in_all_languages(shipped.name),
        summary=in_all_languages(shipped.summary),
        register=shipped.register,
        edition=shipped.edition,
        sort_order=position,
    )
    for order, code in enumerate(FACTS):
        DocumentFact.objects.create(
            document_type=kind,
            code=code,
            kind=KNOWN[code].kind,
            required=code not in OPTIONAL,
            sort_order=order,
        )
    for order, (relation, paper, required) in enumerate(RELATIONS):
        DocumentRelation.objects.create(
            document_type=kind,
            relation=relation,
            paper=in_all_languages(paper),
            paper_required=required,
            sort_order=order,
        )
    return kind
