from .base import MunicipalityViewSet
from .office import OFFICE
from .topics import TopicViewSet

__all__ = ["OFFICE", "MunicipalityViewSet", "TopicViewSet"]
