"""Who puts an issue together: whoever may change the issues of its municipality."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from ..models import Issue

__all__ = ["CHANGE", "issue_for"]

CHANGE = "diaspora_bulletin.change_issue"


def issue_for(user: Any, key: int) -> Issue:
    """Another municipality's is not there."""
    if not may(user, CHANGE):
        raise PermissionDenied
    mine = Issue.objects.filter(municipality__in=municipalities_for(user, CHANGE))
    return get_object_or_404(mine.select_related("municipality__site"), pk=key)
