"""What may become of a piece of news, and in which words."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

__all__ = [
    "AT_ONCE_TOLD",
    "GOT",
    "REACHED_FROM",
    "TOLD",
    "ChangeKind",
    "DeliveryState",
    "EditionState",
    "Kind",
    "MemberState",
    "MembershipState",
    "Pace",
    "PartnerState",
    "Script",
    "SubscriptionState",
    "Way",
]


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


class MembershipState(TextChoices):
    """Of a municipality, as its own website knows it."""

    ASKED = "asked", pgettext_lazy("membership", "The hub is being asked")
    WAITING = "waiting", pgettext_lazy("membership", "Waits for the hub’s answer")
    MEMBER = "member", pgettext_lazy("membership", "Member")
    REFUSED = "refused", pgettext_lazy("membership", "Refused by the hub")
    LEFT = "left", pgettext_lazy("membership", "Has ended")


class MemberState(TextChoices):
    """Of the same, as the hub knows it."""

    INVITED = "invited", pgettext_lazy("member of the hub", "Invited")
    ASKS = "asks", pgettext_lazy("member of the hub", "Asks to join")
    JOINED = "joined", pgettext_lazy("member of the hub", "Member")
    REFUSED = "refused", pgettext_lazy("member of the hub", "Refused")
    LEFT = "left", pgettext_lazy("member of the hub", "Has ended")


TOLD = (ChangeKind.EMBARGOED, ChangeKind.NEW, ChangeKind.CORRECTED, ChangeKind.WITHDRAWN)
"""What partners are told of; an update changes feeds only."""

AT_ONCE_TOLD = (ChangeKind.CORRECTED, ChangeKind.WITHDRAWN)
"""What waits for nobody's morning and counts for no limit: whoever got the item has to know."""


class PartnerState(TextChoices):
    INVITED = "invited", pgettext_lazy("media partner", "Invited")
    CONFIRMED = "confirmed", pgettext_lazy("media partner", "Confirmed")
    PAUSED = "paused", pgettext_lazy("media partner", "Paused")
    ENDED = "ended", pgettext_lazy("media partner", "Ended")


class Pace(TextChoices):
    IMMEDIATE = "immediate", pgettext_lazy("media partner", "Each item by itself")
    DAILY = "daily", pgettext_lazy("media partner", "One e-mail a day with all")


class Way(TextChoices):
    MAIL = "mail", pgettext_lazy("way to a partner", "By e-mail")
    FEED = "feed", pgettext_lazy("way to a partner", "By a feed of its own")


class Script(TextChoices):
    PUBLISHED = "published", pgettext_lazy("script of news", "As published")
    LATIN = "latin", pgettext_lazy("script of news", "Latin")
    CYRILLIC = "cyrillic", pgettext_lazy("script of news", "Cyrillic")


class DeliveryState(TextChoices):
    """What is known, and no more: that a server took a mail does not say that anybody has it."""

    WAITING = "waiting", pgettext_lazy("delivery of news", "waits")
    UNDER_WAY = "under_way", pgettext_lazy("delivery of news", "under way")
    SENT = "sent", pgettext_lazy("delivery of news", "sent")
    ACCEPTED = "accepted", pgettext_lazy("delivery of news", "accepted by their mail server")
    FETCHED = "fetched", pgettext_lazy("delivery of news", "fetched by their software")
    CONFIRMED = "confirmed", pgettext_lazy("delivery of news", "confirmed by a person")
    AIRED = "aired", pgettext_lazy("delivery of news", "aired")
    BOUNCED = "bounced", pgettext_lazy("delivery of news", "bounced")
    CANCELLED = "cancelled", pgettext_lazy("delivery of news", "cancelled")
    ASIDE = "aside", pgettext_lazy("delivery of news", "put aside after a restore")


_D = DeliveryState
GOT = (_D.SENT, _D.ACCEPTED, _D.FETCHED, _D.CONFIRMED, _D.AIRED, _D.ASIDE)
"""Or may have got: whoever may is told of a correction."""
REACHED_FROM: dict[DeliveryState, tuple[DeliveryState, ...]] = {
    _D.WAITING: (_D.UNDER_WAY, _D.SENT, _D.ACCEPTED, _D.FETCHED, _D.BOUNCED, _D.CANCELLED, _D.ASIDE),
    _D.UNDER_WAY: (_D.WAITING,),
    _D.SENT: (_D.UNDER_WAY,),
    _D.ACCEPTED: (_D.UNDER_WAY, _D.SENT),
    _D.FETCHED: (_D.WAITING, _D.SENT, _D.ACCEPTED, _D.BOUNCED),
    _D.CONFIRMED: (_D.WAITING, _D.UNDER_WAY, _D.SENT, _D.ACCEPTED, _D.FETCHED, _D.BOUNCED, _D.ASIDE),
    _D.AIRED: (
        *(_D.WAITING, _D.UNDER_WAY, _D.SENT, _D.ACCEPTED, _D.FETCHED, _D.BOUNCED, _D.ASIDE, _D.CONFIRMED),
    ),
    _D.BOUNCED: (_D.UNDER_WAY, _D.SENT, _D.ACCEPTED),
    _D.CANCELLED: (_D.WAITING, _D.UNDER_WAY, _D.ASIDE),
    _D.ASIDE: (_D.WAITING, _D.UNDER_WAY),
}
"""From which states each is reached. A delivery in a feed waits until their software fetches it; it waits
again when an editor sends it again."""
