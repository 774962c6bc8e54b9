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
_OFFICE = pgettext_lazy("failed mail", "Check the mailbox for notices in the registrar settings.")
_ERASED = pgettext_lazy("failed mail", "Its text is erased. Write a new message instead.")
_ADVICE = {
    Category.BAD_ADDRESS: _WRONG_ADDRESS,
    Category.MAILBOX_UNKNOWN: _WRONG_ADDRESS,
    Category.REFUSED: pgettext_lazy(
        "failed mail",
        "Send it again once. If it fails again, ask the applicant for another address and correct it here.",
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


def advice_for(message: Message) -> str:
    """A sentence for a failed mail, nothing for any other."""
    if message.state != "failed":
        return ""
    if message.body_erased_at:
        return str(_ERASED)
    wrong = _ADVICE.get(message.last_error, _ADMINISTRATOR)
    if wrong is _WRONG_ADDRESS and notices.kind_of(message) in notices.OFFICE_SUBJECTS:
        return str(_OFFICE)
    return str(wrong)
