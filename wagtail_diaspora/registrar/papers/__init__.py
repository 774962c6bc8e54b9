"""What the office prints: receipt, request to sign, preparation sheet, cover letter, refusal, blank request.

Public API: `receipt`, `request_to_sign`, `preparation_sheet`, `cover_letter`, `refusal_letter`,
`blank_request`; each returns a PDF's bytes.
"""

from .blank import blank_request
from .cover import cover_letter
from .preparation import preparation_sheet
from .receipt import receipt
from .refusal import refusal_letter
from .request import request_to_sign

__all__ = [
    "blank_request",
    "cover_letter",
    "preparation_sheet",
    "receipt",
    "refusal_letter",
    "request_to_sign",
]
