"""Run by the Python of an empty environment, anywhere: what the installed package does, as JSON.

`python -I probe.py FOLDER APPS SENTENCE`; APPS is the block of INSTALLED_APPS, as JSON.
"""

import io
import json
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.utils import translation

LANGUAGES = ("bs", "hr", "sr", "sr-latn", "de", "en")
WAGTAIL = ("users", "snippets", "documents", "images", "search", "admin", "sites")
DJANGO = ("auth", "contenttypes", "sessions", "messages", "staticfiles")


def set_up(folder: Path, ours: list[str]) -> None:
    settings.configure(
        SECRET_KEY="only-for-tests",
        INSTALLED_APPS=[
            *ours,
            *(f"wagtail.{name}" for name in WAGTAIL),
            "wagtail",
            "modelcluster",
            "taggit",
            *(f"django.contrib.{name}" for name in DJANGO),
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        STATIC_URL="/static/",
        STATIC_ROOT=folder / "static",
        WAGTAILADMIN_BASE_URL="http://localhost",
    )
    django.setup()


def templates() -> dict[str, str | None]:
    """Name of each of our templates, and what is wrong with it."""
    ours = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("wagtail_diaspora")]
    names = {
        str(file.relative_to(path / "templates"))
        for path in ours
        for file in (path / "templates").rglob("*")
        if file.is_file()
    }
    return {name: trouble(name) for name in sorted(names)}


def trouble(name: str) -> str | None:
    try:
        get_template(name)
    except (TemplateDoesNotExist, TemplateSyntaxError) as error:
        return repr(error)
    return None


def missing_migrations() -> str | None:
    out = io.StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=out)
    except SystemExit:
        return out.getvalue()
    return None


def static_files(folder: Path) -> list[str]:
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = (folder / "static").rglob("*")
    return sorted(str(file.relative_to(folder / "static")) for file in collected if file.is_file())


def said(sentence: str) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = translation.gettext(sentence)
    return found


def main(folder: Path, ours: list[str], sentence: str) -> None:
    set_up(folder, ours)
    import wagtail_diaspora

    report = {
        "file": wagtail_diaspora.__file__,
        "templates": templates(),
        "missing_migrations": missing_migrations(),
        "static": static_files(folder),
        "said": said(sentence),
    }
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3])
