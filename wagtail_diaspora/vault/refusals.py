"""Why a file was refused, in sentences that help whoever sent it.

Public API: `refused`, `sentence`, `megabytes`.
"""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import UploadRefused

__all__ = ["megabytes", "refused", "sentence"]

REASONS = {
    "type": _("This is not a JPEG, PNG, HEIC or PDF file. Take a photograph, or save it as PDF."),
    "empty": _("The file is empty. Choose it again."),
    "size": _("The file is too large. Choose one of %(megabytes)s MB at most, or take a smaller photograph."),
    "pixels": _("The picture has more than %(millions)s million pixels. Take it with a lower resolution."),
    "pages": _("The PDF has more than %(pages)d pages, or none. Send only the pages that are needed."),
    "broken": _("The file cannot be opened. Save it again, or take a photograph of the paper."),
    "encrypted": _("The PDF is protected by a password. Save it without one, or take a photograph."),
    "active": _(
        "The PDF contains scripts, forms or other files. Print it to a new PDF, or take a photograph."
    ),
    "virus": _("The virus scanner found something in this file. Choose another file."),
}


def refused(reason: str) -> UploadRefused:
    error = UploadRefused(sentence(reason))
    error.reason = reason
    return error


def sentence(reason: str) -> str:
    limits = {
        "megabytes": megabytes(),
        "millions": floatformat(conf.UPLOAD_MAX_PIXELS / 1_000_000, -1),
        "pages": conf.UPLOAD_MAX_PAGES,
    }
    return REASONS[reason] % limits


def megabytes() -> str:
    """The largest file that is taken, as the active language writes the number: `10`, `1,5`."""
    return floatformat(conf.UPLOAD_MAX_BYTES / 1024**2, -1)
