from .codes import OneTimeCode
from .corrections import Correction
from .digests import SearchDigest
from .documents import DocumentBox, DocumentFact, DocumentRelation, DocumentType
from .drafts import Draft
from .orders import Item, Order, Person
from .pages import RegistrarPage, RegistrarPageWords
from .papers import Counter, Paper
from .payments import Payment
from .settings import RegistrarSettings
from .templates import MessageTemplate
from .thread import Note, OrderFile, ThreadMessage

__all__ = [
    "Correction",
    "Counter",
    "DocumentBox",
    "DocumentFact",
    "DocumentRelation",
    "DocumentType",
    "Draft",
    "Item",
    "MessageTemplate",
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
