"""Where people read an issue: on its municipality's website, whatever host the admin is opened at."""

from django.urls import NoReverseMatch, reverse
from django.utils import translation

from ..models import Issue

__all__ = ["public_address"]


def public_address(issue: Issue) -> str:
    """Empty before its first number, and where this process serves no public pages."""
    if issue.number is None:
        return ""
    try:
        with translation.override(None):
            return issue.municipality.root_url + reverse("diaspora_bulletin:issue", args=[issue.number])
    except NoReverseMatch:
        return ""
