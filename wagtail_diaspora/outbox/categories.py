"""Why a message was not delivered, in words that carry no personal data."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

__all__ = ["Category", "of_bounce", "of_smtp"]


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
    SUSPECTED = (
        "suspected",
        pgettext_lazy(
            "mail failure", "The mail server takes the message for spam or refuses it by its rules."
        ),
    )
    REFUSED = "refused", pgettext_lazy("mail failure", "The mail server refuses the message.")
    LATER = "later", pgettext_lazy("mail failure", "The mail server asks us to come back later.")
    UNANSWERED = (
        "unanswered",
        pgettext_lazy("mail failure", "The recipient's mail server did not take the message for days."),
    )
    WEBSITE_AWAY = (
        "website-away",
        pgettext_lazy("delivery failure", "The other website cannot be reached."),
    )
    WEBSITE_REFUSED = (
        "website-refused",
        pgettext_lazy("delivery failure", "The other website did not take the message."),
    )
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
    "4.4": Category.BAD_ADDRESS,
    # What the mail servers of Microsoft say where others say 5.1.1, and 5.4.4
    "5.4.1": Category.MAILBOX_UNKNOWN,
    "5.5.0": Category.MAILBOX_UNKNOWN,
    "5.4.310": Category.BAD_ADDRESS,
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
    if found := BY_ENHANCED.get(enhanced) or BY_ENHANCED.get(detail):
        return found
    if code < 500:
        return Category.LATER
    if detail.startswith("7."):
        return Category.SUSPECTED
    return BY_CODE.get(code, Category.REFUSED)


def of_bounce(code: int, enhanced: str) -> Category:
    """Category of a delivery that a mail server gave up: what it put off until then comes no more."""
    found = of_smtp(code or int(enhanced[:1] or 5) * 100, enhanced)
    return Category.UNANSWERED if found is Category.LATER else found
