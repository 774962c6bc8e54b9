"""Topics in the order in which readers look for them: of their names in the active language.

Public API: `in_order`, `topic_choices`, `TopicsInput`.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.alphabet import place_of

from .models import Topic

__all__ = ["TopicsInput", "in_order", "topic_choices"]


def in_order(topics: Iterable[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: place_of(str(topic)))


def topic_choices() -> list[tuple[str, str]]:
    """By their codes, all of them first."""
    return [("", _("All topics")), *((topic.code, str(topic)) for topic in in_order(Topic.objects.all()))]


class TopicsInput(forms.CheckboxSelectMultiple):
    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list:
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: place_of(str(group[1][0]["label"])))
