"""What the applicant looked at with a one-time code.

It changes nothing, so it is logged without claiming the order: a clerk's half-typed step stays possible.
"""

from django.db import transaction

from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities import logs

from ..models import Order


def note_export(order: Order) -> None:
    _note(order, "diaspora_registrar.exported")


def note_opened(order: Order) -> None:
    """The page that shows everything that was written."""
    _note(order, "diaspora_registrar.opened")


def note_request(order: Order) -> None:
    """The request to sign, which shows it, too."""
    _note(order, "diaspora_registrar.request_opened")


def note_files(order: Order) -> None:
    """The files that the office gave; of each that is read then, the access log has a row."""
    _note(order, "diaspora_registrar.files_opened")


@retry_when_locked
def _note(order: Order, action: str) -> None:
    with transaction.atomic():
        logs.log(order, action, user=None, municipality=order.municipality)
