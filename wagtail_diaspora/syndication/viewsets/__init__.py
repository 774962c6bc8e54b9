from .member_bulk import MEMBER_ACTIONS
from .members import MemberViewSet
from .partners import PartnerViewSet
from .remote import REMOTE
from .remote_bulk import ITEM_ACTIONS, SOURCE_ACTIONS
from .settings import SyndicationSettingsViewSet

__all__ = ["BULK_ACTIONS", "VIEWSETS"]

BULK_ACTIONS = [*ITEM_ACTIONS, *SOURCE_ACTIONS, *MEMBER_ACTIONS]
VIEWSETS = [SyndicationSettingsViewSet(), PartnerViewSet(), MemberViewSet(), *REMOTE]
