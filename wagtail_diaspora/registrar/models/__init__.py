from .codes import OneTimeCode
from .corrections import Correction
from .digests import SearchDigest
from .documents import DocumentFact, DocumentRelation, DocumentType
from .drafts import Draft
from .orders import Item, Order, Person
from .pages import RegistrarPage, RegistrarPageWords
from .papers import Counter, Paper
from .payments import Payment
from .settings import RegistrarSettings
from .thread import Note, OrderFile, ThreadMessage

__all__ = [
    "Correction",
    "Counter",
    "DocumentFact",
    "DocumentRelation",
    "DocumentType",
    "Draft",
    "Item",
    "Note",
    "OneTimeCode",
    "Order",
    "OrderFile",
    "Paper",
    "Payment",
    "Person",
    "RegistrarPage",
    "RegistrarPageWords",
    "RegistrarSettings",
    "SearchDigest",
    "ThreadMessage",
]
