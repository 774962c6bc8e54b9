from .access import GroupMunicipalityPermission
from .account import Account, AccountUse
from .logs import MunicipalityLogEntry
from .municipality import Municipality
from .time import Closure, Holiday
from .topics import Topic

__all__ = [
    "Account",
    "AccountUse",
    "Closure",
    "GroupMunicipalityPermission",
    "Holiday",
    "Municipality",
    "MunicipalityLogEntry",
    "Topic",
]
