from .channels import Change, Channel, FeedFile, Sent
from .hub import Subscription
from .items import Edition, Item
from .ledger import Delivery
from .listening import RemoteSubscription
from .members import Member
from .membership import ChainTrouble, HubLine, Membership
from .partners import Partner
from .remote import Going, PassedOn, RemoteSource, Rule, SourceState, Trouble
from .remote_items import RemoteItem, RemoteState
from .settings import SyndicationSettings, UsualTopic

__all__ = [
    "ChainTrouble",
    "Change",
    "Channel",
    "Delivery",
    "Edition",
    "FeedFile",
    "Going",
    "HubLine",
    "Item",
    "Member",
    "Membership",
    "Partner",
    "PassedOn",
    "RemoteItem",
    "RemoteSource",
    "RemoteState",
    "RemoteSubscription",
    "Rule",
    "Sent",
    "SourceState",
    "Subscription",
    "SyndicationSettings",
    "Trouble",
    "UsualTopic",
]
