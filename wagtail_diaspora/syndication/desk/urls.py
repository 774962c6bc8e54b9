from django.urls import path

from .aside import AsideView
from .members import MemberDesk
from .membership import HubDesk, HubIndex
from .page import PageNews
from .partner import PartnerDesk
from .passed import PassedNews
from .proof import ProofView
from .subscribers import EndSubscription

app_name = "diaspora_newsdesk"

urlpatterns = [
    path("aside/", AsideView.as_view(), name="aside"),
    path("page/<int:page>/", PageNews.as_view(), name="page"),
    path("passed/<uuid:item>/", PassedNews.as_view(), name="passed"),
    path("partner/<int:partner>/", PartnerDesk.as_view(), name="partner"),
    path("hub/", HubIndex.as_view(), name="hub_index"),
    path("hub/<int:municipality>/", HubDesk.as_view(), name="hub"),
    path("member/<uuid:member>/", MemberDesk.as_view(), name="member"),
    path("proof/", ProofView.as_view(), name="proof"),
    path("subscriber/<uuid:subscription>/", EndSubscription.as_view(), name="subscriber"),
]
