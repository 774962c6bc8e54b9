from django.urls import path

from .views.calendar import EventCalendar

app_name = "diaspora_news"

urlpatterns = [
    path("diaspora/event/<int:page>/calendar.ics", EventCalendar.as_view(), name="calendar"),
]
