"""The topics that a site starts with, in every language of the citizen.

Public API: `add_topics`.
"""

from django.utils import translation
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.citizens import served_languages
from wagtail_diaspora.municipalities.models import Topic

__all__ = ["add_topics"]

TOPICS = {
    "documents": pgettext_lazy("topic", "Documents and administration"),
    "investment": pgettext_lazy("topic", "Investment"),
    "jobs": pgettext_lazy("topic", "Jobs"),
    "education": pgettext_lazy("topic", "Education and scholarships"),
    "culture": pgettext_lazy("topic", "Culture"),
    "events": pgettext_lazy("topic", "Events"),
    "construction": pgettext_lazy("topic", "Construction and infrastructure"),
    "health": pgettext_lazy("topic", "Health"),
    "notices": pgettext_lazy("topic", "Emergencies and notices"),
    "sport": pgettext_lazy("topic", "Sport"),
    "associations": pgettext_lazy("topic", "Associations abroad"),
    "summer": pgettext_lazy("topic", "Tourism and the summer at home"),
}


def add_topics() -> list[Topic]:
    """Returns those that were added: none where there is any, so that what was deleted stays away."""
    if Topic.objects.exists():
        return []
    return Topic.objects.bulk_create(
        Topic(code=code, name=_by_language(name)) for code, name in TOPICS.items()
    )


def _by_language(name: str) -> dict[str, str]:
    said = {}
    for code in served_languages():
        with translation.override(code):
            said[code] = str(name)
    return said
