from django.urls import path

from .views import issues

app_name = "diaspora_bulletin"

urlpatterns = [
    path("diaspora/bulletin/", issues.IssuesPage.as_view(), name="issues"),
    path("diaspora/bulletin/<int:number>/", issues.IssuePage.as_view(), name="issue"),
]
