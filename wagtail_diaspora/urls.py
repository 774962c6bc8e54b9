"""One include for a host's URLconf: `path("", include("wagtail_diaspora.urls"))`."""

from django.urls import include, path

from .rooms import installed_rooms

urlpatterns = [path("", include(room.diaspora_urls)) for room in installed_rooms() if room.diaspora_urls]
