from .channels import Change, Channel, FeedFile
from .items import Edition, Item
from .ledger import Delivery
from .partners import Partner
from .settings import SyndicationSettings

__all__ = ["Change", "Channel", "Delivery", "Edition", "FeedFile", "Item", "Partner", "SyndicationSettings"]
