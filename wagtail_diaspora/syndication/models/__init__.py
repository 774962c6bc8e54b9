from .channels import Change, Channel, FeedFile
from .hub import Subscription
from .items import Edition, Item
from .listening import RemoteSubscription
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
    "RemoteSubscription",
    "Rule",
    "SourceState",
    "Subscription",
    "SyndicationSettings",
    "Trouble",
]
