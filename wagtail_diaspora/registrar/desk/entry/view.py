"""Orders that came by letter, e-mail, telephone or at the counter, entered by a clerk."""

import uuid

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import EnteredBefore, UploadRefused
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.permissions import may, municipalities_for
from wagtail_diaspora.vault.inspection import inspect

from ...actions import sending
from ..base import ADD, VIEW, DeskView
from .page import EntryPage
from .whole import submission_of


class EnterView(DeskView):
    """First how it came and what is asked for, then everything else below it."""

    permission = ADD
    page_title = gettext_lazy("Enter an order")
    header_icon = "plus"
    template_name = "diaspora_registrar/desk/enter.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.municipality is None:
            return self.render_to_response(self.get_context_data(offices=self.municipalities.values()))
        return self._show(EntryPage(self.municipality, self._first()), whole=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.municipality is None:
            return redirect("diaspora_desk:enter")
        wish = request.POST.get("do", "")
        if wish == "enter":
            return self._enter()
        if wish == "continue":
            return self._continue()
        typed = request.POST.copy()
        if wish == "add":
            typed["count"] = str(EntryPage(self.municipality, typed).count + 1)
        elif wish.startswith("remove-"):
            _without(typed, wish.removeprefix("remove-"))
        return self._show(EntryPage(self.municipality, typed), whole=bool(typed.get("asked")))

    def more_breadcrumbs(self) -> list[dict]:
        return [{"url": "", "label": self.page_title}]

    @cached_property
    def municipalities(self) -> dict[int, Municipality]:
        allowed = municipalities_for(self.request.user, self.permission).exclude(registrar_settings=None)
        rows = allowed.select_related("site", "registrar_settings")
        return {municipality.pk: municipality for municipality in rows}

    @cached_property
    def municipality(self) -> Municipality | None:
        """The one of the address; without one, the only one."""
        wish = self.request.GET.get("municipality", "")
        chosen = [row for row in self.municipalities.values() if not wish or str(row.pk) == wish]
        return chosen[0] if len(chosen) == 1 else None

    def _first(self) -> QueryDict:
        first, spoken = QueryDict(mutable=True), [get_language(), *self.municipality.office_languages]
        language = next((code for code in spoken if code in conf.LANGUAGES), conf.LANGUAGES[0])
        written = next((code for code in self.municipality.office_languages if code != "en"), "bs")
        first.update({"key": str(uuid.uuid4()), "arrival-language": language, "item-0-language": written})
        return first

    def _continue(self) -> HttpResponse:
        page = EntryPage(self.municipality, self.request.POST, check="begin")
        right = all(form.is_valid() for form in page.first_part)
        return self._show(page, whole=right or bool(self.request.POST.get("asked")))

    def _enter(self) -> HttpResponse:
        request = self.request
        page = EntryPage(self.municipality, request.POST, request.FILES, check="all")
        if not page.is_asked:
            messages.warning(
                request, _("The documents were changed. Look at the questions once more, then enter it.")
            )
            return self._continue()
        right = all(form.is_valid() for form in page.all_forms)
        submission = submission_of(page, user=request.user) if right else None
        files = self._inspected(page) if submission else []
        if submission is None or any(form.errors for form in page.all_forms):
            return self._show(page, whole=True)
        try:
            order = sending.enter(submission, key=self._key(), files=files)
        except EnteredBefore as error:
            messages.error(request, str(error))
            return self._show(page, whole=True, key=uuid.uuid4())
        messages.success(request, _("Order %(reference)s was entered.") % {"reference": order.reference})
        if may(request.user, VIEW, order.municipality_id):
            return redirect("diaspora_desk:case", order.pk)
        return redirect("diaspora_desk:enter")

    def _inspected(self, page: EntryPage) -> list:
        found = []
        for kind, uploads in list(page.scans.cleaned_data.items()):
            for upload in uploads:
                try:
                    found.append((kind, inspect(upload)))
                except UploadRefused as error:
                    page.scans.add_error(kind, f"{upload.name}: {error}")
                    break
        return found

    def _key(self) -> uuid.UUID:
        """By which a form that comes twice is one order."""
        try:
            return uuid.UUID(self.request.POST.get("key", ""))
        except ValueError:
            return uuid.uuid4()

    def _show(self, page: EntryPage, *, whole: bool, key: uuid.UUID | None = None) -> HttpResponse:
        problems = list(page.problems()) if page.checked else []
        context = self.get_context_data(
            page=page,
            office=self.municipality,
            many=len(self.municipalities) > 1,
            whole=whole,
            key=key or page.data.get("key") or uuid.uuid4(),
            problems=problems,
            files_lost=bool(self.request.FILES),
        )
        response = self.render_to_response(context)
        response.status_code = 422 if problems else 200
        return response


def _without(typed: QueryDict, number: str) -> None:
    """Take a document out; those after it move up."""
    count = typed.get("count", "")
    if not (number.isdecimal() and count.isdecimal() and 0 <= int(number) < int(count) <= 999):
        return
    for at in range(int(number), int(count)):
        for field in ("type", "copies", "language", "person"):
            later = typed.get(f"item-{at + 1}-{field}")
            typed.pop(f"item-{at}-{field}", None)
            if later is not None:
                typed[f"item-{at}-{field}"] = later
    typed["count"] = str(int(count) - 1)
