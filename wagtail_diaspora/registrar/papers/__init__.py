"""What the office prints: receipt, request to sign, preparation sheet, cover letter.

Public API: `receipt`, `request_to_sign`, `preparation_sheet`, `cover_letter`; each returns a PDF's bytes.
"""

from .cover import cover_letter
from .preparation import preparation_sheet
from .receipt import receipt
from .request import request_to_sign

__all__ = ["cover_letter", "preparation_sheet", "receipt", "request_to_sign"]
