"""The municipalities of a hub: who has joined, who asks, who was invited; and the invitation."""

from typing import Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn

from wagtail_diaspora import conf
from wagtail_diaspora.municipalities.models.municipality import Kind
from wagtail_diaspora.municipalities.viewsets import MunicipalityViewSet
from wagtail_diaspora.municipalities.viewsets.base import CreateView
from wagtail_diaspora.municipalities.viewsets.bulk import BulkIndexView
from wagtail_diaspora.municipalities.viewsets.columns import FieldColumn

from ..actions import invitations
from ..models import Member, RemoteSource
from ..wording import going
from .remote_filters import HOW, MEMBER_SEARCH, MemberFilters

LAST_NEWS = RemoteSource._meta.get_field("last_changed_at").verbose_name
LEFT_OUT = ("edit", "delete", "usage")


class MemberForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        field.queryset = field.queryset.filter(kind=Kind.NETWORK)
        self.initial["language"] = self.initial.get("language") or conf.LANGUAGES[0]


class InviteView(CreateView):
    def save_instance(self) -> Member:
        """The mail is written with the row."""
        with transaction.atomic():
            member = super().save_instance()
            invitations.invite(member, user=self.request.user)
        return member


class MembersView(BulkIndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("source", "municipality")


class LastNewsColumn(DateColumn):
    def get_value(self, instance: Member) -> Any:
        return instance.source.last_changed_at if instance.source else None


class DecisionColumn(Column):
    cell_template_name = "diaspora_syndication/desk/member_cell.html"


class MemberViewSet(MunicipalityViewSet):
    """Each is decided about on a page of its own."""

    model = Member
    name = "diaspora_member"
    icon = "group"
    menu_label = _("Members of the hub")
    add_to_settings_menu = True
    menu_order = 797
    add_view_class = InviteView
    index_view_class = MembersView
    filterset_class = MemberFilters
    search_fields = MEMBER_SEARCH
    list_display = [
        "name",
        FieldColumn(Member, "state", accessor="get_state_display"),
        Column("going", label=HOW, accessor=going),
        LastNewsColumn("last_news", label=capfirst(LAST_NEWS), sort_key="source__last_changed_at"),
        DecisionColumn("pk", label=pgettext_lazy("member of the hub", "Decision")),
        FieldColumn(Member, "state_at"),
        "municipality",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("municipality"),
            FieldPanel("name"),
            FieldPanel("email", help_text=_("The invitation goes here.")),
            FieldPanel("language"),
            FieldPanel("rule"),
        ],
        base_form_class=MemberForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {f"{view}_url_name": None for view in LEFT_OUT} | {"edit_url_name": "diaspora_newsdesk:member"}
        return {**super().get_common_view_kwargs(**kwargs), **own}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**{"add_item_label": _("Invite a municipality"), **kwargs})

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(**{"page_title": _("Invite a municipality"), **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in LEFT_OUT]
