from django.urls import path

from tests.urls import urlpatterns as host

from . import feeds, floor

*packages, pages = host

urlpatterns = [
    path("floor/", floor.post),
    path("floor/received/", floor.received),
    *packages,
    path("peer/unchanged/", feeds.unchanged),
    path("peer/whole/<path:path>", feeds.whole),
    path("floor/whole/<path:path>", feeds.looked_up),
    pages,
]
