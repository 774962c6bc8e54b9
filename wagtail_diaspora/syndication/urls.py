from django.urls import path

from .views import (
    examples,
    feeds,
    hub,
    joining,
    listening,
    membership,
    newsroom,
    outlines,
    people,
    sitemap,
)

app_name = "diaspora_syndication"

_PARTNER = "diaspora/p/<str:token>/"

urlpatterns = [
    path("diaspora/feeds/for/<str:token>/<path:file>", feeds.PrivateFeedView.as_view(), name="private_feed"),
    path("diaspora/feeds/<path:path>", feeds.FeedView.as_view(), name="feed"),
    path("diaspora/feeds/", people.FeedsPage.as_view(), name="feeds"),
    path("diaspora/good-practice/", examples.ExamplesPage.as_view(), name="good_practice"),
    path("diaspora/news-sitemap.xml", sitemap.NewsSitemap.as_view(), name="sitemap"),
    path("diaspora/feeds.opml", outlines.FeedsOutline.as_view(), name="outline"),
    path("diaspora/hub/", hub.HubView.as_view(), name="hub"),
    path("diaspora/websub/<uuid:key>/", listening.ListenView.as_view(), name="listen"),
    path("diaspora/join/<slug:code>/", joining.JoinView.as_view(), name="join"),
    path("diaspora/chain/", joining.ChainView.as_view(), name="chain"),
    path("diaspora/invitation/<str:token>/", joining.InvitationView.as_view(), name="invitation"),
    path("diaspora/membership/<uuid:key>/", membership.MembershipView.as_view(), name="membership"),
    path(_PARTNER, newsroom.Newsroom.as_view(), name="newsroom"),
    path(f"{_PARTNER}<int:edition>/<int:version>/", newsroom.Receipt.as_view(), name="receipt"),
    path("diaspora/l/<str:token>/", newsroom.Leave.as_view(), name="leave"),
]
