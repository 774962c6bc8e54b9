"""What is done with one document."""

from django.utils.translation import pgettext_lazy

from ... import actions
from ...states import ItemState
from .. import forms, writing
from .step import Step

I = ItemState  # noqa: E741

ITEM_STEPS = (
    Step(
        "found",
        pgettext_lazy("clerk's action", "Record found"),
        actions.mark_found,
        forms.FoundForm,
        I.FOUND,
        undo="check-again",
    ),
    Step(
        "not-found",
        pgettext_lazy("clerk's action", "Record not found"),
        actions.mark_not_found,
        writing.ExplanationForm,
        I.NOT_FOUND,
        undo="check-again",
    ),
    Step(
        "pass-on",
        pgettext_lazy("clerk's action", "Pass on to another office"),
        actions.pass_on,
        writing.PassOnForm,
        I.PASSED_ON,
        undo="check-again",
    ),
    Step(
        "refuse",
        pgettext_lazy("clerk's action", "Refuse"),
        actions.refuse,
        writing.ExplanationForm,
        I.REFUSED,
        warning=pgettext_lazy(
            "clerk's action",
            "The applicant is told, and reads your explanation on the page of the order. "
            "This cannot be undone.",
        ),
    ),
    Step("issue", pgettext_lazy("clerk's action", "Issue"), actions.issue, forms.IssueForm, I.ISSUED),
    Step(
        "collect",
        pgettext_lazy("clerk's action", "Ready to collect"),
        actions.ready_to_collect,
        to=I.READY_TO_COLLECT,
    ),
    Step("delivered", pgettext_lazy("clerk's action", "Delivered"), actions.mark_delivered, to=I.DELIVERED),
    Step(
        "returned",
        pgettext_lazy("clerk's action", "Returned by the post"),
        actions.mark_returned,
        to=I.RETURNED,
    ),
    Step(
        "withdraw-paper",
        pgettext_lazy("clerk's action", "Withdraw the paper"),
        actions.withdraw_paper,
        to=I.PAPER_WITHDRAWN,
        warning=pgettext_lazy("clerk's action", "The proof page will say that this paper was withdrawn."),
    ),
    Step(
        "reissue",
        pgettext_lazy("clerk's action", "Issue again"),
        actions.reissue,
        forms.IssueForm,
        I.REISSUED,
    ),
    Step(
        "check-again",
        pgettext_lazy("clerk's action", "Check again"),
        actions.check_again,
        to=I.TO_CHECK,
        goes_on=False,
    ),
)
