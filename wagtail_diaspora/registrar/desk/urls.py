from django.urls import path

from .assigning import AssignView
from .case import CaseView
from .entry import EnterView
from .files import FileView, PaperView
from .mails import ResendView
from .person import PersonView
from .queue import QueueView
from .step import StepView

app_name = "diaspora_desk"

_ORDER = "<uuid:order>/"

urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("enter/", EnterView.as_view(), name="enter"),
    path("assign/", AssignView.as_view(), name="assign"),
    path(_ORDER, CaseView.as_view(), name="case"),
    path(f"{_ORDER}do/<slug:step>/", StepView.as_view(), name="step"),
    path(f"{_ORDER}persons/<int:number>/", PersonView.as_view(), name="person"),
    path(f"{_ORDER}files/<uuid:file>/", FileView.as_view(), name="file"),
    path(f"{_ORDER}papers/<slug:kind>.pdf", PaperView.as_view(), name="paper"),
    path(f"{_ORDER}mails/<uuid:message>/resend/", ResendView.as_view(), name="resend"),
]
