"""Run inside a host that had the package: the remaining steps, and what is found then, as JSON."""

import io
import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from wagtail.models import Page

from tests.hosts import steps

from .test_removal import DOCUMENT

OURS = ("diaspora_", "ratelimit_", "django_smart_ratelimit")
SCREENS = ("/", "/admin/", "/admin/pages/", "/admin/reports/site-history/", "/admin/groups/")


def remaining_steps() -> None:
    for name, *arguments in steps.commands(DOCUMENT):
        if arguments[1:] != ["zero"]:
            silent = {"interactive": False} if name in ("remove_stale_contenttypes", "fixtree") else {}
            call_command(name, *arguments, verbosity=0, stdout=io.StringIO(), **silent)


def look() -> None:
    browser = Client(headers={"host": "localhost"})
    browser.force_login(get_user_model().objects.get(username="admin"))
    group = Group.objects.filter(name__startswith="Grad Primjer: ").first()
    screens = (*SCREENS, f"/admin/groups/edit/{group.pk}/")
    report = {
        "tables": _ours(connection.introspection.table_names()),
        "migrations": _ours(MigrationRecorder.Migration.objects.values_list("app", flat=True)),
        "content types": _ours(ContentType.objects.values_list("app_label", flat=True)),
        "permissions": _ours(Permission.objects.values_list("content_type__app_label", flat=True)),
        "faults of the tree": [len(rows) for rows in Page.find_problems() if rows],
        "pages": sorted(Page.objects.filter(depth__gt=1).values_list("slug", flat=True)),
        "screens": [browser.get(screen).status_code for screen in screens],
    }
    print(json.dumps(report))  # noqa: T201


def _ours(names: list[str]) -> list[str]:
    return sorted({name for name in names if name.startswith(OURS)})
