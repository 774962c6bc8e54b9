"""Why a message was not delivered, in words that carry no personal data."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

__all__ = ["Category", "of_smtp"]


class Category(TextChoices):
    UNREACHABLE = "unreachable", pgettext_lazy("mail failure", "The mail server cannot be reached.")
    INTERRUPTED = "interrupted", pgettext_lazy("mail failure", "The connection to the mail server broke off.")
    NOT_LOGGED_IN = "not-logged-in", pgettext_lazy("mail failure", "The mail server refuses our login.")
    BAD_ADDRESS = "bad-address", pgettext_lazy("mail failure", "The address is not valid.")
    MAILBOX_UNKNOWN = "mailbox-unknown", pgettext_lazy("mail failure", "The mailbox does not exist.")
    MAILBOX_FULL = "mailbox-full", pgettext_lazy("mail failure", "The mailbox is full.")
    SENDER_REFUSED = (
        "sender-refused",
        pgettext_lazy("mail failure", "The mail server refuses our sender address."),
    )
    TOO_LARGE = "too-large", pgettext_lazy("mail failure", "The message is too large for the mail server.")
    REFUSED = "refused", pgettext_lazy("mail failure", "The mail server refuses the message.")
    LATER = "later", pgettext_lazy("mail failure", "The mail server asks us to come back later.")
    UNBUILDABLE = "unbuildable", pgettext_lazy("mail failure", "The message cannot be put together.")
    ATTACHMENT_MISSING = (
        "attachment-missing",
        pgettext_lazy("mail failure", "An attachment no longer exists."),
    )
    UNREADABLE = "unreadable", pgettext_lazy("mail failure", "The stored message cannot be decrypted.")
    GAVE_UP = "gave-up", pgettext_lazy("mail failure", "Sending was interrupted too many times.")
    RESTORED = (
        "restored",
        pgettext_lazy("mail failure", "Restored from a backup: look whether it was sent before."),
    )
    INTERNAL = "internal", pgettext_lazy("mail failure", "Sending failed for a reason inside this site.")


BY_ENHANCED = {
    "1.1": Category.MAILBOX_UNKNOWN,
    "1.2": Category.BAD_ADDRESS,
    "1.3": Category.BAD_ADDRESS,
    "1.6": Category.MAILBOX_UNKNOWN,
    "1.7": Category.SENDER_REFUSED,
    "1.8": Category.SENDER_REFUSED,
    "1.10": Category.BAD_ADDRESS,
    "2.1": Category.MAILBOX_UNKNOWN,
    "2.2": Category.MAILBOX_FULL,
    "2.3": Category.TOO_LARGE,
    "3.4": Category.TOO_LARGE,
}
BY_CODE = {
    552: Category.MAILBOX_FULL,
    553: Category.BAD_ADDRESS,
    551: Category.MAILBOX_UNKNOWN,
    550: Category.REFUSED,
}


def of_smtp(code: int, enhanced: str) -> Category:
    """Category of a reply: RFC 3463 subject and detail where given, else the code alone."""
    _, _, detail = enhanced.partition(".")
    if detail in BY_ENHANCED:
        return BY_ENHANCED[detail]
    if code >= 500:
        return BY_CODE.get(code, Category.REFUSED)
    return Category.LATER
