from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View
from wagtail.models import Page, Site

from ..ics import calendar_file
from ..models import AbstractEventPage


class EventCalendar(View):
    """Of an event that anybody may see, on the Site that it stands in.

    Not below the page's own address: Wagtail's patterns know no dot.
    """

    def get(self, request: HttpRequest, page: int) -> HttpResponse:
        event = get_object_or_404(Page.objects.live().public(), pk=page).specific
        if not isinstance(event, AbstractEventPage) or not _stands_in(event, request):
            raise Http404
        response = HttpResponse(calendar_file(event), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{event.pk}.ics"'
        return response


def _stands_in(page: Page, request: HttpRequest) -> bool:
    site, parts = Site.find_for_request(request), page.get_url_parts(request)
    return bool(site and parts) and parts[0] == site.pk
