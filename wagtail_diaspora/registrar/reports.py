"""Which website has no registrar page, and which has too many.

"One for each website and language" is no constraint, so that aliases and copies do not fail.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Site

from wagtail_diaspora.municipalities.exports import SafeExportMixin
from wagtail_diaspora.municipalities.permissions import may, municipalities_for

from .models import RegistrarPage

PERMISSION = "diaspora_registrar.change_registrarsettings"


def _urls(pages: Sequence[RegistrarPage]) -> str:
    return ", ".join(page.url_path for page in pages)


class PagesColumn(Column):
    cell_template_name = "diaspora_registrar/reports/pages_cell.html"


class RegistrarPagesView(SafeExportMixin, ReportView):
    model = Site
    page_title = gettext_lazy("Registrar pages")
    header_icon = "doc-full-inverse"
    index_url_name = "diaspora_registrar_pages"
    index_results_url_name = "diaspora_registrar_pages_results"
    default_ordering = "hostname"
    list_export = ["hostname", "office", "pages", "finding"]
    columns = [
        Column("hostname", label=gettext_lazy("Website")),
        Column("office", label=gettext_lazy("Municipality")),
        PagesColumn("pages", label=gettext_lazy("Registrar pages")),
        Column("finding", label=gettext_lazy("What is wrong")),
    ]
    export_headings = {column.name: column.label for column in columns}
    custom_field_preprocess = {"pages": dict.fromkeys(SafeExportMixin.FORMATS, _urls)}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Site]:
        sites = Site.objects.select_related("diaspora_municipality")
        if self.request.user.is_superuser:
            return sites
        return sites.filter(diaspora_municipality__in=municipalities_for(self.request.user, PERMISSION))

    def decorate_paginated_queryset(self, sites: Sequence[Site]) -> Sequence[Site]:
        found = _pages_by_site()
        for site in sites:
            site.office = getattr(site, "diaspora_municipality", None) or ""
            site.pages = found.get(site.pk, [])
            site.finding = _finding(site.pages)
        return sites

    def get_filename(self) -> str:
        return "registrar-pages"


class RegistrarPagesMenuItem(MenuItem):
    def __init__(self):
        title, url = RegistrarPagesView.page_title, reverse(RegistrarPagesView.index_url_name)
        super().__init__(title, url, icon_name=RegistrarPagesView.header_icon, order=1110)

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, PERMISSION)


def _pages_by_site() -> dict[int, list[RegistrarPage]]:
    """Sites may share a root page, and one site's root may stand below another's."""
    found: dict[int, list[RegistrarPage]] = {}
    roots = Site.get_site_root_paths()
    for page in RegistrarPage.objects.select_related("locale").order_by("path"):
        above = [root for root in roots if page.url_path.startswith(root.root_path)]
        nearest = max((root.root_path for root in above), key=len, default="")
        for root in above:
            if root.root_path == nearest:
                found.setdefault(root.site_id, []).append(page)
    return found


def _finding(pages: Sequence[RegistrarPage]) -> str:
    if not pages:
        return _("There is no registrar page.")
    in_locale = Counter(page.locale for page in pages if page.alias_of_id is None)
    if doubled := ", ".join(str(locale) for locale, count in in_locale.items() if count > 1):
        return _("There is more than one in: %(languages)s.") % {"languages": doubled}
    return "" if any(page.live for page in pages) else _("None is published.")
