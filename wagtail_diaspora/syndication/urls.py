from django.urls import path

from .views import feeds, people

app_name = "diaspora_syndication"

urlpatterns = [
    path("diaspora/feeds/", people.FeedsPage.as_view(), name="feeds"),
    path("diaspora/feeds/<path:path>", feeds.FeedView.as_view(), name="feed"),
]
