import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import Page, Site

from tests.factories.registrar import a_site
from wagtail_diaspora.municipalities.models import GroupMunicipalityPermission, Municipality
from wagtail_diaspora.registrar.models import DocumentType, RegistrarPage, RegistrarSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NEW = {"name": "Grad Primjer", "entity": "rs", "email": "maticar@example.org", "kind": "grad"}


def setup(under, municipality="primjer", **options):
    out = io.StringIO()
    call_command("diaspora_setup", municipality=municipality, under=str(under), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def root():
    return a_site("primjer.example.org").root_page


def counts():
    models = (Municipality, Group, GroupMunicipalityPermission, DocumentType, RegistrarSettings, Page)
    return [model.objects.count() for model in models]


def test_one_command_makes_what_an_office_needs(root, client):
    said = setup(root.pk, **NEW)
    office = Municipality.objects.get()
    assert office.name["bs"] == "Grad Primjer" and office.name["sr"] == "Град Примјер"
    page = RegistrarPage.objects.get()
    assert page.live and page.introduction and page.search_description
    assert {row.language for row in page.other_words.all()} == {"hr", "sr-latn", "sr", "de", "en"}
    assert page.url in said and "diaspora_tick" in said
    answer = client.get(page.url, headers={"host": "primjer.example.org"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("Općina Primjer", ("Općina Primjer", "Opština Primjer", "Општина Примјер", "Općina Primjer")),
        ("Opština Primjer", ("Općina Primjer", "Opština Primjer", "Општина Примјер", "Opština Primjer")),
        ("Brčko", ("Brčko", "Brčko", "Брчко", "Brčko")),
    ],
)
def test_a_municipality_is_named_as_each_language_names_it(root, given, names):
    setup(root.pk, **NEW | {"name": given})
    name = Municipality.objects.get().name
    assert tuple(name[code] for code in ("hr", "sr-latn", "sr", "de")) == names


def test_the_office_hears_of_new_orders_and_is_told_once_what_to_do(root):
    assert "write fees" in setup(root.pk, **NEW)
    assert RegistrarSettings.objects.get().notice_email == NEW["email"]
    RegistrarSettings.objects.update(notice_email="")
    assert "write fees" not in setup(root.pk)
    assert RegistrarSettings.objects.get().notice_email == ""


def test_roles_get_their_rights_and_no_more(root):
    setup(root.pk, **NEW)
    given = {}
    for row in GroupMunicipalityPermission.objects.select_related("group", "permission"):
        given.setdefault(row.group.name.partition(": ")[2], set()).add(row.permission.codename)
    assert given["clerk"] == {"view_order", "change_order", "add_order"}
    assert "erase_order" in given["head of office"] and "view_accesslogentry" in given["head of office"]
    assert not {name for name in given["web administrator"] if "order" in name or "access" in name}
    assert {"change_item", "view_delivery", "change_remoteitem"} <= given["editor for the diaspora"]
    assert not {name for name in given["editor for the diaspora"] if "order" in name or "settings" in name}
    for group in Group.objects.filter(name__startswith="Grad Primjer"):
        assert [p.codename for p in group.permissions.all()] == ["access_admin"]


def test_the_network_has_editors_and_no_registers(root):
    said = setup(root.pk, **NEW | {"kind": "network", "entity": None, "name": "Mreža"})
    network = Municipality.objects.get()
    network.full_clean()
    assert (network.entity, network.site) == ("", root.get_site())
    assert not RegistrarPage.objects.exists() and not RegistrarSettings.objects.exists()
    assert "write fees" not in said
    made = Group.objects.filter(name__startswith="Mreža: ").order_by("pk").values_list("name", flat=True)
    assert list(made) == ["Mreža: editor for the diaspora", "Mreža: web administrator"]


def test_it_is_repeatable_and_keeps_what_was_changed(root):
    setup(root.pk, **NEW)
    DocumentType.objects.filter(code="birth").update(fee_minor=700)
    before = counts()
    said = setup(root.pk)
    assert counts() == before and "made" not in said
    assert DocumentType.objects.get(code="birth").fee_minor == 700


def test_a_dry_run_makes_nothing(root):
    before = counts()
    said = setup(root.pk, dry_run=True, **NEW)
    assert counts() == before
    assert "made  municipality" in said and "Nothing was changed" in said


def test_the_address_of_the_site_is_asked_for(root):
    site, asked = root.get_site(), "set the host name and port of the site (Settings, Sites)"
    assert site.hostname == "localhost" and asked in setup(root.pk, **NEW)
    site.hostname = "town.example.org"
    site.save()
    assert asked not in setup(root.pk)


def test_a_path_names_the_page(root):
    child = root.add_child(instance=Page(title="Dijaspora", slug="dijaspora"))
    setup("/dijaspora/", **NEW)
    assert RegistrarPage.objects.get().get_parent().pk == child.pk


@pytest.mark.parametrize(
    ("under", "options", "sentence"),
    [
        ("99999", NEW, "There is no page 99999"),
        ("/nowhere/", NEW, "There is no page /nowhere/"),
        (None, {}, "--name, --entity, --email"),
    ],
)
def test_what_is_wrong_is_said_with_its_mend(root, under, options, sentence):
    before = counts()
    with pytest.raises(CommandError, match=sentence):
        setup(under or root.pk, **options)
    assert counts() == before


def test_a_site_serves_one_municipality(root):
    setup(root.pk, **NEW)
    with pytest.raises(CommandError, match="serves Grad Primjer already"):
        setup(root.pk, municipality="other", **{**NEW, "name": "Općina Druga"})


def test_a_site_without_translations_is_not_filled_with_english_unasked(root, settings):
    settings.USE_I18N = False
    before = counts()
    with pytest.raises(CommandError, match="Set USE_I18N = True, or call this with --english-only"):
        setup(root.pk, **NEW)
    assert counts() == before
    setup(root.pk, **NEW, english_only=True)


def test_a_page_without_a_site_is_refused(root):
    stray = Page.objects.get(depth=1).add_child(instance=Page(title="Stray", slug="stray"))
    Site.objects.filter(root_page=stray).delete()
    with pytest.raises(CommandError, match="belongs to no site"):
        setup(stray.pk, **NEW)


def test_groups_are_found_again_in_another_language(root):
    setup(root.pk, **NEW)
    before = set(Group.objects.values_list("pk", flat=True))
    with translation.override("de"):
        setup(root.pk)
    assert set(Group.objects.values_list("pk", flat=True)) == before


def test_what_an_administrator_changed_stays(root):
    setup(root.pk, **NEW)
    clerk = Group.objects.get(name="Grad Primjer: clerk")
    clerk.municipality_permissions.filter(permission__codename="change_order").delete()
    Group.objects.filter(name="Grad Primjer: head of office").update(name="Naš matični ured")
    Group.objects.get(name="Grad Primjer: web administrator").delete()
    Municipality.objects.update(email="novi@example.org", name={"bs": "Grad Primjer", "de": "Stadt Primjer"})
    RegistrarSettings.objects.update(payment_policy="free", retention_months=6)
    page = RegistrarPage.objects.get()
    page.title, page.slug = "Naš matičar", "nas-maticar"
    page.save_revision().publish()
    page.unpublish()
    before, revision = counts(), page.latest_revision_id
    said = setup(root.pk, **{**NEW, "name": "Grad Drugi", "email": "drugi@example.org"})
    assert counts() == before and "made" not in said
    assert "right diaspora_registrar.change_order of group Grad Primjer: clerk" in said
    assert "none  group Grad Primjer: head of office" in said
    office = Municipality.objects.get()
    assert (office.email, office.name["de"]) == ("novi@example.org", "Stadt Primjer")
    assert (office.registrar_settings.payment_policy, office.registrar_settings.retention_months) == (
        "free",
        6,
    )
    page.refresh_from_db()
    assert (page.title, page.live, page.latest_revision_id) == ("Naš matičar", False, revision)


def test_a_type_that_comes_later_is_not_offered_by_itself(root):
    setup(root.pk, **NEW)
    DocumentType.objects.get(code="citizenship").delete()
    said = setup(root.pk)
    assert "not offered until you switch it on" in said
    assert not DocumentType.objects.get(code="citizenship").active
    assert DocumentType.objects.get(code="birth").active


def test_an_earlier_run_that_ended_half_way_is_completed(root):
    """As when a room was installed later: the municipality is there, and nothing of the room."""
    setup(root.pk, **NEW)
    before = counts()
    RegistrarPage.objects.get().delete()
    DocumentType.objects.all().delete()
    RegistrarSettings.objects.all().delete()
    GroupMunicipalityPermission.objects.filter(
        permission__content_type__app_label="diaspora_registrar"
    ).delete()
    setup(root.pk)
    assert counts() == before and DocumentType.objects.get(code="birth").active


def test_another_language_doubles_and_changes_nothing(root):
    setup(root.pk, **NEW)
    before, words = counts(), list(DocumentType.objects.order_by("pk").values_list("name", flat=True))
    for code in ("sr", "de", "bs"):
        with translation.override(code):
            assert "made" not in setup(root.pk)
    assert counts() == before
    assert list(DocumentType.objects.order_by("pk").values_list("name", flat=True)) == words


def test_a_dry_run_over_an_earlier_one_makes_nothing(root):
    setup(root.pk, **NEW)
    DocumentType.objects.get(code="citizenship").delete()
    before = counts()
    said = setup(root.pk, dry_run=True)
    assert counts() == before and "made  document type" in said and "Nothing was changed" in said


def test_a_municipality_stays_on_its_site(root):
    setup(root.pk, **NEW)
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", root_page=other)
    before = counts()
    with pytest.raises(CommandError, match="Grad Primjer is on the site"):
        setup(other.pk)
    assert counts() == before


def test_a_role_that_came_later_is_made_with_all_its_rights_and_only_once(root):
    """The office was set up when nobody was an editor for the diaspora, and its syndication too."""
    setup(root.pk, **NEW)
    editor = Group.objects.get(name="Grad Primjer: editor for the diaspora")
    rights = set(editor.municipality_permissions.values_list("permission", flat=True))
    editor.delete()
    Municipality.objects.update(roles=[])
    assert "made  group Grad Primjer: editor for the diaspora" in setup(root.pk)
    made = Group.objects.get(name="Grad Primjer: editor for the diaspora")
    assert set(made.municipality_permissions.values_list("permission", flat=True)) == rights
    made.delete()
    assert "none  group Grad Primjer: editor for the diaspora" in setup(root.pk)
