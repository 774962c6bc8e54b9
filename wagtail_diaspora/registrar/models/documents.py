from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from wagtail_diaspora.money import AmountField
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.words import WordsField, say

from ..facts import FactKind


class Register(models.TextChoices):
    BIRTHS = "births", pgettext_lazy("civil register", "Births")
    MARRIAGES = "marriages", pgettext_lazy("civil register", "Marriages")
    DEATHS = "deaths", pgettext_lazy("civil register", "Deaths")
    CITIZENS = "citizens", pgettext_lazy("civil register", "Citizens")


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
    legal_basis = WordsField(_("legal basis"), blank=True, default=dict)
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


class DocumentFact(Orderable):
    """One fact that a document type asks about the person in the record."""

    document_type = ParentalKey(DocumentType, on_delete=models.CASCADE, related_name="facts")
    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=16, choices=FactKind.choices, default=FactKind.TEXT)
    label = WordsField(_("question"), blank=True, default=dict)
    hint = WordsField(_("hint"), blank=True, default=dict)
    required = models.BooleanField(pgettext_lazy("diaspora", "required"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["document_type", "code"], name="diaspora_document_fact_code")
        ]

    def __str__(self) -> str:
        return self.code


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
