"""The panel of a group in which its permissions for municipalities are ticked."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.formsets import BaseFormSetMixin

from .models import GroupMunicipalityPermission, Municipality
from .permissions import grantable

VERBS = {
    "view": pgettext_lazy("permission", "see"),
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "erase": pgettext_lazy("permission", "erase"),
}


class PermissionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission: Permission) -> str:
        model = permission.content_type.model_class()
        verb = permission.codename.partition("_")[0]
        return f"{model._meta.verbose_name_plural}: {VERBS.get(verb, verb)}"


class MunicipalityPermissionsForm(forms.Form):
    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=_("Municipality"))
    permissions = PermissionsField(
        Permission.objects.none(),
        label=pgettext_lazy("diaspora", "Permissions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["permissions"].queryset = grantable()


class BaseMunicipalityPermissionsFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Shaped like Wagtail's panel for collections; `instance` is the group."""

    def __init__(self, data: Any = None, files: Any = None, instance: Group | None = None, prefix: str = ""):
        self.instance = instance or Group()
        prefix = prefix or "municipality_permissions"
        super().__init__(data, files, initial=self._initial(), prefix=prefix)

    def clean(self) -> None:
        chosen = [municipality for municipality, _permissions in self._chosen()]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Each municipality may stand here once only."))

    @transaction.atomic
    def save(self) -> None:
        wanted = {(m.pk, p.pk) for m, permissions in self._chosen() for p in permissions}
        have = {(row.municipality_id, row.permission_id): row for row in self._rows()}
        gone = [row.pk for key, row in have.items() if key not in wanted]
        GroupMunicipalityPermission.objects.filter(pk__in=gone).delete()
        GroupMunicipalityPermission.objects.bulk_create(
            GroupMunicipalityPermission(group=self.instance, municipality_id=m, permission_id=p)
            for m, p in wanted - have.keys()
        )

    def as_admin_panel(self) -> SafeString:
        return render_to_string("diaspora_municipalities/group_panel.html", {"formset": self})

    def _rows(self) -> Any:
        if self.instance.pk is None:
            return GroupMunicipalityPermission.objects.none()
        rows = self.instance.municipality_permissions.filter(permission__in=grantable())
        return rows.select_related("municipality", "permission").order_by("municipality")

    def _initial(self) -> list[dict]:
        return [
            {"municipality": municipality, "permissions": [row.permission for row in rows]}
            for municipality, rows in groupby(self._rows(), lambda row: row.municipality)
        ]

    def _chosen(self) -> list[tuple[Municipality, Any]]:
        kept = [
            form.cleaned_data for form in self.forms if form.is_valid() and form not in self.deleted_forms
        ]
        return [(data["municipality"], data["permissions"]) for data in kept if data.get("municipality")]


MunicipalityPermissionsFormSet = forms.formset_factory(
    MunicipalityPermissionsForm, formset=BaseMunicipalityPermissionsFormSet, extra=0, can_delete=True
)
