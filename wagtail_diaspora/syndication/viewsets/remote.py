"""Sources of news, and the news that came from them."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from wagtail_diaspora.municipalities.permissions import may
from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.base import DeleteView
from wagtail_diaspora.municipalities.viewsets.bulk import BulkIndexView
from wagtail_diaspora.municipalities.viewsets.columns import FieldColumn

from ..actions.parting import lost_with
from ..models import RemoteItem, RemoteSource
from ..wording import place, status
from .remote_bulk import ITEM_ACTIONS, SOURCE_ACTIONS
from .remote_filters import ITEM_SEARCH, SOURCE_SEARCH, ItemFilters, SourceFilters
from .remote_forms import RemoteItemForm, RemoteSourceForm
from .remote_list import UploadListView

MARK = "diaspora_syndication.change_item"


class RowActions:
    """Mixin of a listing: what is done with many is done with one, and asked first just the same."""

    actions: tuple[Any, ...] = ()

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if not self.policy.user_has_permission_for_instance(self.request.user, "change", instance):
            return buttons
        return [
            *buttons,
            *decisions(self.actions, instance, back=self.request.get_full_path()),
        ]


def decisions(actions: Iterable[Any], row: Any, *, back: str) -> Iterator[Button]:
    """What may be done with this row now."""
    name = (row._meta.app_label, row._meta.model_name)
    query = urlencode({"id": row.pk, "next": back})
    for action in actions:
        if action.fits(row):
            url = reverse("wagtail_bulk_action", args=[*name, action.action_type])
            yield Button(action.display_name, url=f"{url}?{query}", priority=action.action_priority)


class SourcePanel(HelpPanel):
    class BoundPanel(HelpPanel.BoundPanel):
        def decisions(self) -> list[Button]:
            """What a source asks is answered where it is read."""
            found = decisions(SOURCE_ACTIONS, self.instance, back=self.request.path)
            return sorted(found, key=lambda button: button.priority)


class SourcesView(RowActions, BulkIndexView):
    actions = SOURCE_ACTIONS

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("municipality")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        upload = Button(
            _("Upload a list of feeds"), url=reverse("diaspora_remote_source:list"), icon_name="upload"
        )
        return [*super().header_more_buttons, *([upload] if self.user_has_permission("add") else [])]


class DeleteSourceView(DeleteView):
    @property
    def confirmation_message(self) -> str:
        asked = super().confirmation_message
        if lost := lost_with(self.object):
            words = ngettext(
                "%(count)d delivery of its news still waits. It will not go out, and nobody else sends it: "
                "to lose none, delete the source later.",
                "%(count)d deliveries of its news still wait. They will not go out, and nobody else sends "
                "them: to lose none, delete the source later.",
                lost,
            )
            return f"{asked} {words % {'count': lost}}"
        return asked


class PassedColumn(Column):
    """What became of it in the own feeds; from there its ledger opens, for whoever may see it."""

    cell_template_name = "diaspora_syndication/desk/passed_cell.html"

    def get_cell_context_data(self, instance: RemoteItem, parent_context: Any) -> dict[str, Any]:
        item = getattr(instance, "passed_on", None)
        may_see = item and may(parent_context["request"].user, MARK, instance.municipality_id)
        editions = item.editions.all() if may_see else ()
        return super().get_cell_context_data(instance, parent_context) | {"editions": editions}


class ItemsView(RowActions, BulkIndexView):
    actions = ITEM_ACTIONS

    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset().select_related("source", "municipality", "passed_on")
        return rows.prefetch_related("passed_on__editions").defer("html")


class RemoteSourceViewSet(MunicipalityViewSet):
    model = RemoteSource
    name = "diaspora_remote_source"
    icon = "link"
    menu_label = _("Sources of news")
    add_to_settings_menu = True
    menu_order = 796
    index_view_class = SourcesView
    delete_view_class = DeleteSourceView
    filterset_class = SourceFilters
    search_fields = SOURCE_SEARCH
    list_display = [
        "__str__",
        Column("status", label=_("How it goes"), accessor=status),
        FieldColumn(RemoteSource, "rule", accessor="get_rule_display"),
        "last_changed_at",
        "municipality",
    ]
    edit_handler = ObjectList(
        [
            SourcePanel(template="diaspora_syndication/remote/source_panel.html"),
            FieldPanel("municipality"),
            FieldPanel("feed_url"),
            FieldPanel("name"),
            FieldPanel("rule"),
            FieldPanel("words"),
            FieldPanel("passed_on"),
        ],
        base_form_class=RemoteSourceForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        upload = UploadListView.as_view(index_url_name=self.get_url_name("index"))
        return [*super().get_urlpatterns(), path("list/", upload, name="list")]


class RemoteItemViewSet(MunicipalityViewSet):
    """Nobody writes other people's news: it is shown, or it is not."""

    model = RemoteItem
    name = "diaspora_remote_item"
    icon = "globe"
    menu_label = _("News of others")
    add_to_admin_menu = True
    menu_order = 95
    index_view_class = ItemsView
    filterset_class = ItemFilters
    search_fields = ITEM_SEARCH
    list_display = [
        "__str__",
        FieldColumn(RemoteItem, "state", accessor=place),
        FieldColumn(RemoteItem, "source"),
        PassedColumn("passed_on", label=pgettext_lazy("news of others", "Passed on"), accessor="pk"),
        "published_at",
        "municipality",
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(template="diaspora_syndication/remote/item_panel.html"),
            FieldPanel("state", heading=pgettext_lazy("news of others", "On the website")),
        ],
        base_form_class=RemoteItemForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        none = {"add_url_name": None, "delete_url_name": None, "usage_url_name": None}
        return {**super().get_common_view_kwargs(**kwargs), **none}

    def get_urlpatterns(self) -> list[Any]:
        left = ("add", "delete", "usage")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in left]


REMOTE = [RemoteSourceViewSet(), RemoteItemViewSet()]
