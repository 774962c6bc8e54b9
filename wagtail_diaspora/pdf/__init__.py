"""Papers that everybody can read: tagged PDF/UA-1 and PDF/A-2b over reportlab, in Latin and Cyrillic.

Public API: `Document`.
"""

from .document import Document

__all__ = ["Document"]
