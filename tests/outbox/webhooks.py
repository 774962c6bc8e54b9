"""The host's URLconf with django-anymail's webhooks, as its documentation says."""

from django.urls import include, path

from tests.urls import urlpatterns as own

urlpatterns = [path("anymail/", include("anymail.urls")), *own]
