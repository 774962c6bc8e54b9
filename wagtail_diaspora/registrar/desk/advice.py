"""What to do about a mail that did not arrive.

Public API: `advice_for`.
"""

from django.utils.translation import pgettext_lazy

from wagtail_diaspora.outbox.categories import Category
from wagtail_diaspora.outbox.models import Message

from .. import notices

_WRONG_ADDRESS = pgettext_lazy(
    "failed mail",
    "Ask the applicant for the right address by telephone or post and correct it here: "
    "a new link is sent to it.",
)
_PASSED = pgettext_lazy("failed mail", "Send it again: such a fault usually passes.")
_ADMINISTRATOR = pgettext_lazy("failed mail", "Tell the web administrator; send it again when it is mended.")
_ONCE_MORE = pgettext_lazy(
    "failed mail",
    "Send it again once. If it fails again, ask the applicant for another address and correct it here.",
)
_OFFICE = pgettext_lazy("failed mail", "Check the mailbox for notices in the registrar settings.")
_ERASED = pgettext_lazy("failed mail", "Its text is erased. Write a new message instead.")
_ADVICE = {
    Category.BAD_ADDRESS: _WRONG_ADDRESS,
    Category.MAILBOX_UNKNOWN: _WRONG_ADDRESS,
    Category.REFUSED: _ONCE_MORE,
    Category.UNANSWERED: _ONCE_MORE,
    Category.SUSPECTED: pgettext_lazy(
        "failed mail",
        "Tell the applicant by telephone or post, or ask for another address. "
        "If it happens more often, tell the web administrator.",
    ),
    Category.MAILBOX_FULL: pgettext_lazy(
        "failed mail", "Send it again in some days, or tell the applicant by telephone or post."
    ),
    Category.UNREACHABLE: _PASSED,
    Category.INTERRUPTED: _PASSED,
    Category.LATER: _PASSED,
    Category.GAVE_UP: _PASSED,
    Category.RESTORED: pgettext_lazy(
        "failed mail", "Ask the applicant whether it came before the backup was restored, else send it again."
    ),
}
_OF_MAILBOX = (
    Category.BAD_ADDRESS,
    Category.MAILBOX_UNKNOWN,
    Category.MAILBOX_FULL,
    Category.REFUSED,
    Category.SUSPECTED,
    Category.UNANSWERED,
)
"""What a mail server says of one recipient: where that is the office, the applicant cannot help."""


def advice_for(message: Message) -> str:
    """A sentence for a failed mail, nothing for any other."""
    if message.state != "failed":
        return ""
    if message.body_erased_at:
        return str(_ERASED)
    if message.last_error in _OF_MAILBOX and notices.kind_of(message) in notices.OFFICE_SUBJECTS:
        return str(_OFFICE)
    return str(_ADVICE.get(message.last_error, _ADMINISTRATOR))
