from .cases import (
    Item,
    Note,
    OneTimeCode,
    Order,
    OrderFile,
    Payment,
    Person,
    SearchDigest,
    ThreadMessage,
)
from .documents import DocumentFact, DocumentRelation, DocumentType
from .drafts import Draft
from .pages import RegistrarPage, RegistrarPageWords
from .papers import Counter, Paper
from .settings import RegistrarSettings

__all__ = [
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
