"""Who may ask, and the paper that shows it, as the laws on registers have it: relation to paper."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models.documents import Relation

Relations = dict[str, Any]

BY_RECORD = ""
"""The record itself shows it."""
CHILD = _("An extract, from any country, that shows you as the child of this person")
PARENT = _("An extract, from any country, that shows you as a parent of this person")
SPOUSE = _("A marriage extract, from any country, or the paper that shows the partnership")
SIBLING = _("Extracts that show the parent whom you have in common")
GRAND = _("Extracts that show the parent through whom you are related")
ADOPTER = _("The decision on the adoption")
GUARDIAN = _("The decision on the guardianship")
PROXY = _(
    "The power of attorney: certified by a municipality, a notary or a consulate of BiH, or by a foreign "
    "notary with an apostille; in a language of BiH or translated into one"
)

FAMILY: Relations = {
    Relation.SELF: BY_RECORD,
    Relation.PARENT: PARENT,
    Relation.CHILD: CHILD,
    Relation.SPOUSE: SPOUSE,
    Relation.SIBLING: SIBLING,
    Relation.GRANDPARENT: GRAND,
    Relation.GRANDCHILD: GRAND,
    Relation.ADOPTER: ADOPTER,
    Relation.GUARDIAN: GUARDIAN,
    Relation.PROXY: PROXY,
}
OF_BIRTH = FAMILY | {Relation.PARENT: BY_RECORD}
OF_MARRIAGE = FAMILY | {Relation.SPOUSE: BY_RECORD}
OF_DEATH = {
    relation: paper
    for relation, paper in (FAMILY | {Relation.PARENT: BY_RECORD, Relation.SPOUSE: BY_RECORD}).items()
    if relation not in (Relation.SELF, Relation.GUARDIAN)
}
"""Nobody in the register of deaths asks for themselves."""
OF_STATUS = {
    relation: FAMILY[relation]
    for relation in (Relation.SELF, Relation.PARENT, Relation.GUARDIAN, Relation.PROXY)
}
OF_HOUSEHOLD = {
    relation: FAMILY[relation]
    for relation in (Relation.SELF, Relation.SPOUSE, Relation.CHILD, Relation.PARENT, Relation.PROXY)
}
