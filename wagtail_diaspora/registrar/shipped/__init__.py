"""What a new office starts with: document types in every language of the citizen, without prices.

Public API: `add_document_types`, `TYPES`. An office changes all of it; what it has already is left alone.
"""

from typing import Any

from django.db import transaction
from django.utils import translation

from wagtail_diaspora.citizens import served_languages
from wagtail_diaspora.municipalities.models import Municipality

from ..facts import KNOWN
from ..models import DocumentBox, DocumentFact, DocumentRelation, DocumentType
from .laws import on_registers
from .types import TYPES, ShippedType

__all__ = ["TYPES", "add_document_types", "in_all_languages"]


@transaction.atomic
def add_document_types(municipality: Municipality) -> list[DocumentType]:
    """Returns those that were added. An office that works already switches them on itself, with their fee."""
    have = set(municipality.document_types.values_list("code", flat=True))
    return [
        _add(municipality, shipped, position, active=shipped.active and not have)
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


def _add(municipality: Municipality, shipped: ShippedType, position: int, *, active: bool) -> DocumentType:
    kind = DocumentType.objects.create(
        municipality=municipality,
        code=shipped.code,
        name=in_all_languages(shipped.name),
        summary=in_all_languages(shipped.summary),
        register=shipped.register,
        edition=shipped.edition,
        blank=shipped.blank,
        legal_basis=in_all_languages(
            on_registers(municipality.entity) if shipped.by_law_on_registers else ""
        ),
        active=active,
        sort_order=position,
    )
    DocumentFact.objects.bulk_create(_facts(kind, shipped))
    DocumentRelation.objects.bulk_create(_relations(kind, shipped))
    DocumentBox.objects.bulk_create(_boxes(kind, shipped))
    return kind


def _facts(kind: DocumentType, shipped: ShippedType) -> list[DocumentFact]:
    return [
        DocumentFact(
            document_type=kind,
            code=asked.code,
            kind=asked.kind or KNOWN[asked.code].kind,
            hint=in_all_languages(asked.hint),
            required=asked.required,
            sort_order=order,
        )
        for order, asked in enumerate(shipped.facts)
    ]


def _relations(kind: DocumentType, shipped: ShippedType) -> list[DocumentRelation]:
    return [
        DocumentRelation(
            document_type=kind,
            relation=relation,
            paper=in_all_languages(paper),
            paper_required=bool(paper),
            sort_order=order,
        )
        for order, (relation, paper) in enumerate(shipped.relations.items())
    ]


def _boxes(kind: DocumentType, shipped: ShippedType) -> list[DocumentBox]:
    return [
        DocumentBox(
            document_type=kind,
            number=box.number,
            label=in_all_languages(box.label),
            content=box.content,
            sort_order=order,
        )
        for order, box in enumerate(shipped.boxes)
    ]
