"""The one base of our viewsets. Wagtail's own never ask a policy about a row; these always do.

Rows of other municipalities do not exist here: lists, exports and counts leave them out, their addresses
answer 404, and no choice of a form or filter names them.
"""

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_diaspora import compat

from ..models import Municipality
from ..policy import MunicipalityPermissionPolicy

ANY = ["add", "change", "delete", "view"]


class Scoped:
    """Mixin: only rows of municipalities for which the user may do what this view does."""

    @cached_property
    def policy(self) -> MunicipalityPermissionPolicy:
        return MunicipalityPermissionPolicy(self.model)

    @property
    def needed(self) -> list[str]:
        return [self.permission_required] if self.permission_required else ANY

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        """However Wagtail finds it, another municipality's row is not there."""
        found = super().get_object(*args, **kwargs)
        if not self.policy.user_has_any_permission_for_instance(self.request.user, self.needed, found):
            raise Http404
        return found

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        limit_to(form, self.policy.municipalities(self.request.user, self.needed))
        return form


class IndexView(Scoped, generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return self.policy.instances_user_has_any_permission_for(self.request.user, self.needed)

    @cached_property
    def filters(self) -> Any:
        filters = super().filters
        if filters is not None:
            limit_to(filters.form, self.policy.municipalities(self.request.user, ANY))
        return filters


class CreateView(Scoped, generic.CreateView):
    pass


class EditView(Scoped, generic.EditView):
    pass


class DeleteView(Scoped, generic.DeleteView):
    pass


class HistoryView(Scoped, history.HistoryView):
    pass


class UsageView(Scoped, usage.UsageView):
    pass


class MunicipalityViewSet(ModelViewSet):
    """Base of every viewset of a model that belongs to a municipality."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView
    copy_view_enabled = False
    inspect_view_enabled = False
    sort_order_field = None
    add_to_reference_index = False

    def __init__(self, name: str | None = None, **kwargs: Any):
        super().__init__(name, **kwargs)
        if self.copy_view_enabled or self.inspect_view_enabled or self.sort_order_field:
            raise TypeError(f"{type(self).__name__} switches on a view of Wagtail's that is not scoped.")

    @cached_property
    def permission_policy(self) -> MunicipalityPermissionPolicy:
        return MunicipalityPermissionPolicy(self.model)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: these permissions are given per municipality, in our panel of the group."""
        return Permission.objects.none()

    def on_register(self) -> None:
        compat.register_permission_policy(self.model, self.permission_policy)
        super().on_register()


def limit_to(form: Any, municipalities: QuerySet[Municipality]) -> None:
    """Name only `municipalities`, and what belongs to them, in the choices of `form`."""
    for field in form.fields.values():
        queryset = getattr(field, "queryset", None)
        if queryset is None:
            continue
        if queryset.model is Municipality:
            field.queryset = queryset.filter(pk__in=municipalities)
            field.initial = field.initial or (field.queryset[0] if len(field.queryset[:2]) == 1 else None)
        elif _belongs(queryset.model):
            field.queryset = queryset.filter(municipality__in=municipalities)


def _belongs(model: type[Model]) -> bool:
    try:
        return model._meta.get_field("municipality").related_model is Municipality
    except FieldDoesNotExist:
        return False
