"""The one base of our viewsets. Wagtail's own never ask a policy about a row; these always do.

Rows of other municipalities do not exist here: lists, exports and counts leave them out, their addresses
answer 404, and no choice of a form or filter names them.
"""

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from wagtail_diaspora import compat

from ..exports import SafeExportMixin
from ..models import Municipality, Topic
from ..policy import MunicipalityPermissionPolicy

ANY = ["add", "change", "delete", "view"]
OPEN = (AbstractImage, Page, Topic)
"""Wagtail's own choosers show of these what the user may choose, or they are everybody's."""


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
        limit_to(form, self.request.user, self.policy.municipalities(self.request.user, self.needed))
        return form


class IndexView(SafeExportMixin, Scoped, generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return self.policy.instances_user_has_any_permission_for(self.request.user, self.needed)

    @cached_property
    def filters(self) -> Any:
        filters = super().filters
        if filters is not None:
            user = self.request.user
            limit_to(filters.form, user, self.policy.municipalities(user, ANY))
        return filters


class CreateView(Scoped, generic.CreateView):
    pass


class EditView(Scoped, generic.EditView):
    fixed: tuple[str, ...] = ()
    fixed_for_offices: tuple[str, ...] = ()

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        names = self.fixed if self.request.user.is_superuser else (*self.fixed, *self.fixed_for_offices)
        for name in form.fields.keys() & set(names):
            fix(form, name)
        return form


class DeleteView(Scoped, generic.DeleteView):
    instead: Any = ""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except (ProtectedError, RestrictedError):
            used = _("“%(object)s” is used and cannot be deleted.") % {"object": self.object}
            messages.error(self.request, f"{used} {self.instead}".strip())
            return redirect(self.get_success_url())


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
    fixed: tuple[str, ...] = ("municipality",)
    """Fields that nobody changes any more once the row is there."""
    fixed_for_offices: tuple[str, ...] = ()
    """Fields that only superusers change; others see them."""
    instead_of_deleting: Any = ""
    """A sentence for whoever wants to delete a row that is used."""

    def __init__(self, name: str | None = None, **kwargs: Any):
        super().__init__(name, **kwargs)
        if self.copy_view_enabled or self.inspect_view_enabled or self.sort_order_field:
            raise TypeError(f"{type(self).__name__} switches on a view of Wagtail's that is not scoped.")

    @cached_property
    def permission_policy(self) -> MunicipalityPermissionPolicy:
        return MunicipalityPermissionPolicy(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        fixed = {"fixed": self.fixed, "fixed_for_offices": self.fixed_for_offices}
        return super().get_edit_view_kwargs(**fixed, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(instead=self.instead_of_deleting, **kwargs)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: these permissions are given per municipality, in our panel of the group."""
        return Permission.objects.none()

    def on_register(self) -> None:
        compat.register_permission_policy(self.model, self.permission_policy)
        super().on_register()


def limit_to(form: Any, user: Any, municipalities: QuerySet[Municipality]) -> None:
    """Name only `municipalities`, and what belongs to them, in the choices of `form`.

    Rows of which it is not known to whom they belong are named to superusers only.
    """
    for field in form.fields.values():
        queryset = getattr(field, "queryset", None)
        if queryset is None:
            continue
        if queryset.model is Municipality:
            field.queryset = queryset.filter(pk__in=municipalities)
            if not form.is_bound:  # a filter's form always is, and would show its default as chosen
                field.initial = field.initial or (field.queryset[0] if len(field.queryset[:2]) == 1 else None)
        elif _belongs(queryset.model):
            field.queryset = queryset.filter(municipality__in=municipalities)
        elif not user.is_superuser and not issubclass(queryset.model, OPEN):
            field.queryset = queryset.none()


def fix(form: Any, name: str) -> None:
    """Show a field as it is, whatever is sent for it, and without naming other choices."""
    field = form.fields[name]
    field.disabled = True
    if hasattr(field, "queryset"):
        field.queryset = field.queryset.model._default_manager.filter(pk=form.initial[name])


def _belongs(model: type[Model]) -> bool:
    try:
        return model._meta.get_field("municipality").related_model is Municipality
    except FieldDoesNotExist:
        return False
