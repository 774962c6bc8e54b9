"""Steps of `manage.py diaspora_setup`: the municipality, and one group for each role."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.scripts import to_cyrillic
from wagtail_diaspora.setup import Plan

from .models import Municipality
from .models.municipality import Kind

CLERK, HEAD, EDITOR, ADMINISTRATOR = "clerk", "head", "editor", "administrator"
ROLES = {
    CLERK: pgettext_lazy("role", "clerk"),
    HEAD: pgettext_lazy("role", "head of office"),
    EDITOR: pgettext_lazy("role", "editor for the diaspora"),
    ADMINISTRATOR: pgettext_lazy("role", "web administrator"),
}
FIRST = (CLERK, HEAD, ADMINISTRATOR)
OF_THE_NETWORK = (EDITOR, ADMINISTRATOR)
CALENDAR = [
    f"diaspora_municipalities.{verb}_{model}"
    for model in ("holiday", "closure", "account")
    for verb in ("add", "change", "delete")
]
MUNICIPALITY = {"bs": "Općina", "hr": "Općina", "sr-latn": "Opština", "sr": "Opština"}
OFFICE = ["diaspora_municipalities.change_municipality", *CALENDAR]


def find_page(plan: Plan) -> None:
    """`--under` as a page: an id, or a path from a site's root."""
    wish = plan.options["under"]
    if wish.isdecimal():
        page = Page.objects.filter(pk=wish, depth__gt=1).first()
    else:
        path = wish.strip("/")
        pages = Page.objects.filter(Q(depth=2) | Q(slug=path.rpartition("/")[2]), depth__gt=1)
        page = next((p for p in pages if path in _paths(p)), None)
    if page is None:
        raise DiasporaError(
            _("There is no page %(wish)s. Give the id or the path of a page.") % {"wish": wish}
        )
    if page.get_site() is None:
        raise DiasporaError(_("The page %(page)s belongs to no site. Add a site first.") % {"page": page})
    plan.made["under"] = page


def make_municipality(plan: Plan) -> None:
    options, site = plan.options, plan.made["under"].get_site()
    row = Municipality.objects.filter(code=options["municipality"]).first()
    if row is None:
        wanted = ("name", "email") if options["kind"] == Kind.NETWORK else ("name", "entity", "email")
        missing = [name for name in wanted if not options[name]]
        if missing:
            wanted = ", ".join(f"--{name}" for name in missing)
            raise DiasporaError(_("A new municipality needs %(options)s.") % {"options": wanted})
        row = Municipality(
            code=options["municipality"],
            name=_in_each_language(options["name"]),
            kind=options["kind"] or "opcina",
            entity=options["entity"] or "",
            email=options["email"],
            office_languages=["bs", "hr", "sr-latn", "sr"],
        )
    taken = Municipality.objects.filter(site=site).exclude(pk=row.pk).first()
    if taken:
        raise DiasporaError(
            _("The site %(site)s serves %(municipality)s already. Choose a page of another site.")
            % {"site": site, "municipality": taken}
        )
    if row.site_id not in (None, site.pk):
        raise DiasporaError(
            _("%(municipality)s is on the site %(site)s. Choose a page of that site.")
            % {"municipality": row, "site": row.site}
        )
    changed = row.site_id is None
    if changed:
        row.site = site
        row.full_clean()
        row.save()
    plan.made["municipality"] = row
    plan.made["keeps_registers"] = row.kind != Kind.NETWORK
    plan.made["first"] = changed
    plan.done(f"municipality {row} on {site}", new=changed)


def make_groups(plan: Plan) -> None:
    """Each once: what an administrator renamed or deleted later is left alone."""
    municipality = plan.made["municipality"]
    made_before = _made_before(municipality)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    plan.made["groups"], plan.made["new_roles"] = {}, set()
    roles = ROLES if plan.made["keeps_registers"] else {role: ROLES[role] for role in OF_THE_NETWORK}
    for role, label in roles.items():
        group = _group_of(municipality, label)
        if group is None and role in made_before:
            plan.say(f"  none  group {municipality}: {label} (renamed or deleted)")
            continue
        plan.done(f"group {group or f'{municipality}: {label}'}", new=group is None)
        if group is None:
            group = Group.objects.create(name=_names_of(municipality, label)[0])
            group.permissions.add(access)
            plan.made["new_roles"].add(role)
        plan.made["groups"][role] = group
    municipality.roles = sorted({*made_before, *plan.made["groups"]})
    municipality.save(update_fields=["roles"])
    grant(plan, {HEAD: [*OFFICE, "diaspora_vault.view_accesslogentry"], ADMINISTRATOR: OFFICE})


def _made_before(municipality: Municipality) -> set[str]:
    """An office that was set up before this was noted has had the first three."""
    if not municipality.roles and municipality.group_permissions.exists():
        return set(FIRST)
    return set(municipality.roles)


def _group_of(municipality: Municipality, label: Any) -> Group | None:
    """By its name in any language, since the command may run again in another."""
    return Group.objects.filter(name__in=_names_of(municipality, label)).first()


def _names_of(municipality: Municipality, label: Any) -> list[str]:
    """In the language that is active, then in each of the citizens'."""
    names = []
    for code in (get_language(), *conf.LANGUAGES):
        with override(code):
            names.append(f"{municipality}: {label}"[:150])
    return names


def grant(plan: Plan, permissions: dict[str, list[str]]) -> None:
    """Give each role its permissions, `app_label.codename`, for the municipality of the plan.

    What a room gives is given together and once, so that no right comes back that was taken away; a group
    that has just been made gets all.
    """
    rows = plan.made["municipality"].group_permissions
    rights = {name: _permission(name) for names in permissions.values() for name in names}
    given = rows.filter(permission__in=rights.values()).exists()
    for role, names in permissions.items():
        group = plan.made["groups"].get(role)
        have = set(rows.filter(group=group).values_list("permission", flat=True))
        missing = [name for name in names if group and rights[name].pk not in have]
        for name in missing:
            if given and role not in plan.made["new_roles"]:
                plan.say(
                    f"  none  right {name} of group {group}: give it in Settings, Groups, if it should be"
                )
            else:
                rows.create(group=group, permission=rights[name])


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _paths(page: Page) -> set[str]:
    """From the root of its site, and as its address has it: behind a language or the site's own prefix."""
    site = page.get_site()
    if site is None:
        return set()
    in_the_tree = page.url_path.removeprefix(site.root_page.url_path)
    _site, _root, address = page.get_url_parts()
    return {in_the_tree.strip("/"), (address or "").strip("/")}


def _in_each_language(name: str) -> dict[str, str]:
    """As it was given, in German and English too; only općina and opština are one word."""
    kind, _space, rest = name.partition(" ")
    words = MUNICIPALITY if kind in MUNICIPALITY.values() else {}
    names = {code: f"{words.get(code, kind)} {rest}".strip() for code in conf.LANGUAGES}
    return {code: to_cyrillic(text) if code == "sr" else text for code, text in names.items()}


STEPS = [find_page, make_municipality, make_groups]
