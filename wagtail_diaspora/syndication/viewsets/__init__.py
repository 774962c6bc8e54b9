from .members import MemberViewSet
from .partners import PartnerViewSet
from .remote import REMOTE
from .remote_bulk import BULK_ACTIONS
from .settings import SyndicationSettingsViewSet

__all__ = ["BULK_ACTIONS", "VIEWSETS"]

VIEWSETS = [SyndicationSettingsViewSet(), PartnerViewSet(), MemberViewSet(), *REMOTE]
