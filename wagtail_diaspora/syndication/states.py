"""What may become of a piece of news, and in which words."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

__all__ = ["ChangeKind", "EditionState", "Kind", "SubscriptionState"]


class Kind(TextChoices):
    NEWS = "news", pgettext_lazy("kind of item", "News")
    EVENT = "event", pgettext_lazy("kind of item", "Event")
    GOOD_PRACTICE = "good_practice", pgettext_lazy("kind of item", "Good practice")


class EditionState(TextChoices):
    """Of an item in one language. Only what is public stands in a public feed."""

    EMBARGOED = "embargoed", pgettext_lazy("news item", "Waits for its hour")
    PUBLIC = "public", pgettext_lazy("news item", "In the feeds")
    WITHDRAWN = "withdrawn", pgettext_lazy("news item", "Withdrawn")


class ChangeKind(TextChoices):
    EMBARGOED = "embargoed", pgettext_lazy("news item", "Announced under embargo")
    NEW = "new", pgettext_lazy("news item", "New")
    UPDATED = "updated", pgettext_lazy("news item", "Updated")
    CORRECTED = "corrected", pgettext_lazy("news item", "Corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("news item", "Withdrawn")


class SubscriptionState(TextChoices):
    """Of somebody who wants to be sent a feed."""

    ASKED = "asked", pgettext_lazy("subscription", "Not confirmed yet")
    ACTIVE = "active", pgettext_lazy("subscription", "Is sent the feed")
    ENDED = "ended", pgettext_lazy("subscription", "Has ended")


TOLD = (ChangeKind.EMBARGOED, ChangeKind.NEW, ChangeKind.CORRECTED, ChangeKind.WITHDRAWN)
"""What partners are told of; an update changes feeds only."""
