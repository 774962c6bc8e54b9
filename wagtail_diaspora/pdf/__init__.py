"""Papers that everybody can read: tagged PDF/UA-1 and PDF/A-2b over reportlab, in Latin and Cyrillic.

Public API: `Document`, `Form` to be filled in by hand, `Struck` for a cell that is struck through.
"""

from .document import Document
from .tables import Struck
from .writing import Form

__all__ = ["Document", "Form", "Struck"]
