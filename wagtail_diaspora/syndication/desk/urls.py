from django.urls import path

from .page import PageNews

app_name = "diaspora_newsdesk"

urlpatterns = [path("page/<int:page>/", PageNews.as_view(), name="page")]
