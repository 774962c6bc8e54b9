from datetime import datetime

from wagtail_diaspora.exceptions import DiasporaError

from .categories import Category

__all__ = ["BodyErased", "DeliveryError", "Deferred", "NotYet", "Refused", "Unreachable"]


class BodyErased(DiasporaError):
    """The message was kept for its time and its words are gone, so it cannot be sent again."""


class DeliveryError(Exception):
    """A channel could not deliver. Carries no text of the other side: replies quote addresses.

    `code` is a protocol code such as "550 5.1.1".
    """

    def __init__(self, category: Category, code: str = ""):
        super().__init__(category.value, code)
        self.category, self.code = category, code


class Refused(DeliveryError):
    """It will not work later either."""


class Deferred(DeliveryError):
    """It may work later."""


class Unreachable(Deferred):
    """The other side is away for every message: the round ends here."""


class NotYet(Exception):
    """An applicability check says that the message waits, which is no failure and no attempt."""

    def __init__(self, until: datetime):
        super().__init__(until.isoformat())
        self.until = until
