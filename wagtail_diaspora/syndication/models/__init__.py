from .channels import Change, Channel, FeedFile
from .items import Edition, Item
from .remote import RemoteSource, Rule, SourceState, Trouble
from .remote_items import RemoteItem, RemoteState
from .settings import SyndicationSettings

__all__ = [
    "Change",
    "Channel",
    "Edition",
    "FeedFile",
    "Item",
    "RemoteItem",
    "RemoteSource",
    "RemoteState",
    "Rule",
    "SourceState",
    "SyndicationSettings",
    "Trouble",
]
