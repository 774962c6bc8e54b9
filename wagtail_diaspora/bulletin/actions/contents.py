"""What stands in an issue.

Public API: `examples_in(issue, language)`.
"""

from django.db.models import QuerySet

from wagtail_diaspora.syndication.actions.finding import examples_of
from wagtail_diaspora.syndication.models import Edition

from ..models import Issue

__all__ = ["examples_in"]


def examples_in(issue: Issue, language: str) -> QuerySet[Edition]:
    """In its order, each in the nearest language; only what is public now."""
    examples = examples_of(issue.municipality, language).filter(item__contribution__issue=issue)
    return examples.order_by("item__contribution__place", "item__contribution")
