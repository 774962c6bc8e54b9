from django.urls import path

from .issue import IssueDesk
from .preview import PreviewIssue
from .publish import PublishIssue

app_name = "diaspora_bulletindesk"

urlpatterns = [
    path("<int:issue>/", IssueDesk.as_view(), name="issue"),
    path("<int:issue>/publish/", PublishIssue.as_view(), name="publish"),
    path("<int:issue>/preview/", PreviewIssue.as_view(), name="preview"),
]
