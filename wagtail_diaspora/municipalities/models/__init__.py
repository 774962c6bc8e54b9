from .access import GroupMunicipalityPermission
from .logs import MunicipalityLogEntry
from .municipality import Municipality
from .time import Closure, Holiday

__all__ = ["Closure", "GroupMunicipalityPermission", "Holiday", "Municipality", "MunicipalityLogEntry"]
