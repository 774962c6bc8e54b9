"""The list of issues. Each is put together on a desk of its own."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.base import CreateView, DeleteView, EditView, IndexView
from wagtail_diaspora.municipalities.viewsets.columns import FieldColumn

from .actions.discarding import discard
from .actions.proposals import count_proposed
from .models import Issue

__all__ = ["VIEWSETS"]


class IssueForm(WagtailAdminModelForm):
    def save(self, commit: bool = True) -> Issue:
        """Its words alone: whether it is published, somebody else may decide meanwhile."""
        if self.instance.pk is None:
            return super().save(commit)
        self.instance.save(update_fields=self.changed_data)
        return self.instance


class KnowsDesk:
    """Mixin: where an issue is put together, for whoever may."""

    def desk_of(self, issue: Issue) -> str | None:
        may_open = self.policy.user_has_permission_for_instance(self.request.user, "change", issue)
        return reverse("diaspora_bulletindesk:issue", args=[issue.pk]) if may_open else None


class OntoDesk(KnowsDesk):
    """Mixin: what was written leads there."""

    def get_success_url(self) -> str:
        return self.desk_of(self.object) or super().get_success_url()

    def get_success_buttons(self) -> list[Any]:
        """The desk has all that an editor does next."""
        return []


class BeginView(OntoDesk, CreateView):
    pass


class WordsView(OntoDesk, EditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        desk = Button(
            pgettext_lazy("issue of the bulletin", "Put together"),
            url=self.get_success_url(),
            icon_name="list-ul",
            priority=5,
        )
        return [desk, *super().header_more_buttons]

    @property
    def can_delete(self) -> bool:
        return self.object.number is None and super().can_delete


class DiscardView(DeleteView):
    def delete_action(self) -> None:
        discard(self.object, super().delete_action)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except DiasporaError as error:
            messages.error(self.request, str(error))
            return redirect(self.get_success_url())


class IssuesView(KnowsDesk, IndexView):
    template_name = "diaspora_bulletin/desk/issues.html"

    def get_base_queryset(self) -> QuerySet:
        issues = super().get_base_queryset().select_related("municipality")
        return issues.annotate(examples=Count("contributions"))

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        """One opens an issue in order to put it together; its words are behind "Edit"."""
        column_class = self._get_title_column_class(column_class)
        return self._get_custom_column(field_name, column_class, get_url=self.desk_of, **kwargs)

    def get_delete_url(self, instance: Issue) -> str | None:
        return super().get_delete_url(instance) if instance.number is None else None

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        proposed = count_proposed(self.policy.municipalities(self.request.user, ["change"]))
        return super().get_context_data(*args, **kwargs, proposed=proposed)


class IssueViewSet(MunicipalityViewSet):
    model = Issue
    name = "diaspora_issue"
    icon = "doc-full-inverse"
    menu_label = pgettext_lazy("diaspora", "Bulletin")
    add_to_admin_menu = True
    menu_order = 96
    add_view_class = BeginView
    edit_view_class = WordsView
    delete_view_class = DiscardView
    index_view_class = IssuesView
    list_display = [
        "__str__",
        FieldColumn(Issue, "state", accessor="get_state_display"),
        DateColumn("published_at", label=capfirst(Issue._meta.get_field("published_at").verbose_name)),
        Column("examples", label=pgettext_lazy("issue of the bulletin", "Examples")),
        "municipality",
    ]
    list_filter = ["state", "municipality"]
    panels = [
        FieldPanel("municipality"),
        FieldPanel(
            "title", help_text=pgettext_lazy("issue of the bulletin", "Without its number: it gets one.")
        ),
        FieldPanel(
            "introduction",
            help_text=pgettext_lazy("issue of the bulletin", "Stands above the examples. It may be empty."),
        ),
    ]

    edit_handler = ObjectList(panels, base_form_class=IssueForm)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        label = pgettext_lazy("issue of the bulletin", "Begin an issue")
        return super().get_index_view_kwargs(**{"add_item_label": label, **kwargs})


VIEWSETS = [IssueViewSet()]
