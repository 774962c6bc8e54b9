from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.outbox.models import Message

from .. import actions
from .base import CHANGE, OrderView


class ResendView(OrderView):
    """Send a mail again that the outbox gave up on."""

    permission = CHANGE

    def post(self, request: HttpRequest, *, message: UUID, **kwargs: Any) -> HttpResponse:
        row = Message.objects.labelled(self.order.subject_key).filter(pk=message).first()
        if row is None:
            raise Http404
        try:
            actions.resend(self.order, message=row, user=request.user)
            messages.success(request, _("The message waits to be sent again."))
        except DiasporaError as error:
            messages.error(request, str(error))
        return redirect(get_valid_next_url_from_request(request) or self.case_url)
