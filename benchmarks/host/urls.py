from django.urls import path

from tests.urls import urlpatterns as host

from . import floor

urlpatterns = [path("floor/", floor.post), path("floor/received/", floor.received), *host]
