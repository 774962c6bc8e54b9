from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from tests.urls import urlpatterns as of_the_suite

router = WagtailAPIRouter("api")
router.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("api/", router.urls), *of_the_suite]
