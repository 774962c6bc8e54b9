import re
from string import ascii_lowercase
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from wagtail_diaspora.money import AmountField
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.words import WordsField, say

from ..facts import KNOWN, RESERVED, FactKind


class Register(models.TextChoices):
    BIRTHS = "births", pgettext_lazy("civil register", "Births")
    MARRIAGES = "marriages", pgettext_lazy("civil register", "Marriages")
    DEATHS = "deaths", pgettext_lazy("civil register", "Deaths")
    CITIZENS = "citizens", pgettext_lazy("civil register", "Citizens")
    OTHER = "other", pgettext_lazy("civil register", "Other records")


class Edition(models.TextChoices):
    NATIONAL = "national", pgettext_lazy("edition of a document", "Ordinary")
    MULTILINGUAL = "multilingual", pgettext_lazy("edition of a document", "International (multilingual)")


class Relation(models.TextChoices):
    """What the applicant is to the person in the record (FBiH 37/12 art. 64, RS 111/09 art. 54)."""

    SELF = "self", pgettext_lazy("relation", "The person in the record")
    PARENT = "parent", pgettext_lazy("relation", "Parent")
    CHILD = "child", pgettext_lazy("relation", "Child")
    SPOUSE = "spouse", pgettext_lazy("relation", "Spouse or partner")
    SIBLING = "sibling", pgettext_lazy("relation", "Brother or sister")
    GRANDPARENT = "grandparent", pgettext_lazy("relation", "Grandparent")
    GRANDCHILD = "grandchild", pgettext_lazy("relation", "Grandchild")
    ADOPTER = "adopter", pgettext_lazy("relation", "Adoptive parent")
    GUARDIAN = "guardian", pgettext_lazy("relation", "Guardian")
    PROXY = "proxy", pgettext_lazy("relation", "Proxy with a power of attorney")


class DocumentTypeQuerySet(models.QuerySet):
    def offered_by(self, municipality: Municipality | int) -> "DocumentTypeQuerySet":
        return self.filter(municipality=municipality, active=True).prefetch_related("facts", "relations")


class DocumentType(ClusterableModel):
    """One kind of document that an office issues; what it asks and costs is data of the office."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="document_types", verbose_name=_("municipality")
    )
    code = models.SlugField(_("code"), max_length=60)
    name = WordsField(pgettext_lazy("diaspora", "name"))
    summary = WordsField(_("what it is for"), blank=True, default=dict)
    register = models.CharField(_("register"), max_length=12, choices=Register.choices)
    edition = models.CharField(_("edition"), max_length=12, choices=Edition.choices, default=Edition.NATIONAL)
    fee_minor = AmountField(_("fee for one copy, in KM"), default=0)
    working_days = models.PositiveSmallIntegerField(_("time limit in working days"), default=15)
    blank = models.CharField(_("controlled blank"), max_length=60, blank=True)
    legal_basis = WordsField(_("legal basis"), rows=2, blank=True, default=dict)
    active = models.BooleanField(_("offered"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("order in the list"), default=0)

    objects = DocumentTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="diaspora_document_type_code")
        ]

    def __str__(self) -> str:
        return say(self.name) or self.code


class CodeFormField(forms.SlugField):
    """A question of the office's own, which has no usual code, is given one."""

    def clean(self, value: Any) -> str:
        return super().clean(value) or f"question-{get_random_string(8, ascii_lowercase)}"


class CodeField(models.SlugField):
    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": CodeFormField, **kwargs})


class DocumentFact(Orderable):
    """One fact that a document type asks about the person in the record."""

    document_type = ParentalKey(DocumentType, on_delete=models.CASCADE, related_name="facts")
    code = CodeField(_("code"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=FactKind.choices, default=FactKind.TEXT)
    label = WordsField(_("question"), blank=True, default=dict)
    hint = WordsField(_("hint"), blank=True, default=dict)
    options = WordsField(pgettext_lazy("diaspora", "choices"), rows=3, blank=True, default=dict)
    required = models.BooleanField(pgettext_lazy("diaspora", "required"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["document_type", "code"], name="diaspora_document_fact_code")
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """What the citizen's page could not ask is said here, beside the field that mends it."""
        wrong = {"code": self._wrong_code(), "kind": self._wrong_kind(), "options": self._wrong_options()}
        if self.code not in KNOWN and not any((self.label or {}).values()):
            wrong["label"] = _("Write the question; only the usual facts bring their own.")
        if any(wrong.values()):
            raise ValidationError({name: sentence for name, sentence in wrong.items() if sentence})

    def _wrong_code(self) -> Any:
        return _("This code is taken. Choose another.") if self.code in RESERVED else ""

    def _wrong_kind(self) -> Any:
        known = KNOWN.get(self.code)
        if known is None or known.may_be(self.kind):
            return ""
        return _("This fact is of the kind “%(kind)s”. For another kind, choose another code.") % {
            "kind": FactKind(known.kind).label
        }

    def _wrong_options(self) -> Any:
        if self.kind != FactKind.CHOICE:
            return ""
        counts = {len(lines_of(text)) for text in (self.options or {}).values() if text}
        if len(counts) == 1 and min(counts) > 1:
            return ""
        return _("Write at least two choices, one on a line, and as many of them in every language.")


class DocumentRelation(Orderable):
    """Who may ask for a document type, and which paper shows it."""

    document_type = ParentalKey(DocumentType, on_delete=models.CASCADE, related_name="relations")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    paper = WordsField(_("paper that shows it"), blank=True, default=dict)
    paper_required = models.BooleanField(_("the paper is required"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("entitled person")
        verbose_name_plural = _("entitled persons")
        constraints = [
            models.UniqueConstraint(fields=["document_type", "relation"], name="diaspora_document_relation")
        ]

    def __str__(self) -> str:
        return self.get_relation_display()


class DocumentBox(Orderable):
    """One box of the controlled blank, as the preparation sheet fills it.

    `content` names what stands there: codes of facts, or `state`, `office`, `entry`, `remarks` and `hand`.
    A space joins two, `|` takes the first that is known, `husband:` and `wife:` choose the spouse.
    """

    document_type = ParentalKey(DocumentType, on_delete=models.CASCADE, related_name="boxes")
    number = models.CharField(_("number of the box"), max_length=12)
    label = WordsField(_("wording"), blank=True, default=dict)
    content = models.CharField(_("what stands there"), max_length=160, blank=True)

    CONTENT = re.compile(r"(?:(?:husband|wife):)?[\w-]+")

    class Meta(Orderable.Meta):
        verbose_name = _("box of the blank")
        verbose_name_plural = _("boxes of the blank")

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        parts = re.split(r"[ |]", self.content)
        if self.content and not all(map(self.CONTENT.fullmatch, parts)):
            raise ValidationError({"content": _("Write codes of facts, with one space or | between them.")})


def lines_of(text: str) -> list[str]:
    """The choices that were written one on a line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
