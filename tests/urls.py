from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from tests.host.views import blocks

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("blocks/", blocks),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("wagtail_diaspora.urls")),
    path("", include(wagtail_urls)),
]
