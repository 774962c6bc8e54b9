from .settings import SyndicationSettingsViewSet

__all__ = ["VIEWSETS"]

VIEWSETS = [SyndicationSettingsViewSet()]
