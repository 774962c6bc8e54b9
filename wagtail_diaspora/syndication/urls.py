from django.urls import path

from .views import feeds, hub, listening, outlines, people, sitemap

app_name = "diaspora_syndication"

urlpatterns = [
    path("diaspora/feeds/", people.FeedsPage.as_view(), name="feeds"),
    path("diaspora/news-sitemap.xml", sitemap.NewsSitemap.as_view(), name="sitemap"),
    path("diaspora/feeds.opml", outlines.FeedsOutline.as_view(), name="outline"),
    path("diaspora/feeds/<path:path>", feeds.FeedView.as_view(), name="feed"),
    path("diaspora/hub/", hub.HubView.as_view(), name="hub"),
    path("diaspora/websub/<uuid:key>/", listening.ListenView.as_view(), name="listen"),
]
