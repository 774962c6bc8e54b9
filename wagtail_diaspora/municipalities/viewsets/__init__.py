from .base import MunicipalityViewSet
from .office import OFFICE

__all__ = ["OFFICE", "MunicipalityViewSet"]
