from django.contrib.auth.views import LoginView
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("prijava/", LoginView.as_view(template_name="base.html"), name="login"),
    path("uprava/", include(wagtailadmin_urls)),
    path("", include("wagtail_diaspora.urls")),
    path("", include(wagtail_urls)),
]
