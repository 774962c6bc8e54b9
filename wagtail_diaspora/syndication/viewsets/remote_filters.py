"""By what sources, members and news of others are found among many; listings and bulk actions share it."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from ..models import Going, Member, RemoteItem, RemoteSource

__all__ = ["ITEM_SEARCH", "MEMBER_SEARCH", "SOURCE_SEARCH", "ItemFilters", "MemberFilters", "SourceFilters"]

ITEM_SEARCH = ["title", "summary", "source__name"]
MEMBER_SEARCH = ["name", "email", "site_url"]
SOURCE_SEARCH = ["name", "feed_url", "home_url"]
HOW = _("How it goes")


class SourceFilters(WagtailFilterSet):
    going = django_filters.ChoiceFilter(label=HOW, choices=Going.choices, method="of_those")

    class Meta:
        model = RemoteSource
        fields = ["going", "municipality"]

    def of_those(self, rows: QuerySet, name: str, how: str) -> QuerySet:
        return rows.going(how)


class MemberFilters(WagtailFilterSet):
    """Of a member that is read, by its source; or by what became of speaking with its website."""

    going = django_filters.ChoiceFilter(label=HOW, choices=Going.choices, method="of_those")

    class Meta:
        model = Member
        fields = ["state", "going", "municipality"]

    def of_those(self, rows: QuerySet, name: str, how: str) -> QuerySet:
        return rows.going(how)


class ItemFilters(WagtailFilterSet):
    """A source is named, or a part of its name: a list of all would be long."""

    source = django_filters.CharFilter(
        label=pgettext_lazy("news of others", "Source, or a part of its name"),
        field_name="source__name",
        lookup_expr="icontains",
    )

    class Meta:
        model = RemoteItem
        fields = ["state", "source", "municipality"]
