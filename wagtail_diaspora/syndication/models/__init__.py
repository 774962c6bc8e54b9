from .channels import Change, Channel, FeedFile
from .items import Edition, Item
from .settings import SyndicationSettings

__all__ = ["Change", "Channel", "Edition", "FeedFile", "Item", "SyndicationSettings"]
