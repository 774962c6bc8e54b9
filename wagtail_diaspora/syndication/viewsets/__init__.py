from .partners import PartnerViewSet
from .settings import SyndicationSettingsViewSet

__all__ = ["VIEWSETS"]

VIEWSETS = [SyndicationSettingsViewSet(), PartnerViewSet()]
