from django.urls import path

from .views import feeds, outlines, people, sitemap

app_name = "diaspora_syndication"

urlpatterns = [
    path("diaspora/feeds/", people.FeedsPage.as_view(), name="feeds"),
    path("diaspora/news-sitemap.xml", sitemap.NewsSitemap.as_view(), name="sitemap"),
    path("diaspora/feeds.opml", outlines.FeedsOutline.as_view(), name="outline"),
    path("diaspora/feeds/<path:path>", feeds.FeedView.as_view(), name="feed"),
]
