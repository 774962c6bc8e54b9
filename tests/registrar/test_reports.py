import csv
import io

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Locale, Page, Site
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from tests.factories.registrar import an_office
from wagtail_diaspora.registrar.models import RegistrarPage

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/diaspora-registrar-pages/"


def a_home(host):
    root = Page.objects.get(depth=1).add_child(instance=Page(title=host, slug=host.partition(".")[0]))
    return Site.objects.create(hostname=host, root_page=root)


def a_page(site, slug="registrar", **facts):
    return site.root_page.add_child(instance=RegistrarPage(title=f"{slug} at {site}", slug=slug, **facts))


@pytest.fixture
def site():
    site = a_home("ours.example.org")
    an_office(site=site)
    return site


def reader(site, client, *permissions):
    user = user_with(*permissions, municipality=site.diaspora_municipality)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def administrator(site, client):
    return reader(site, client, "diaspora_registrar.change_registrarsettings")


def finding(client):
    (row,) = client.get(REPORT).context["object_list"]
    return row.finding


def test_a_site_without_a_page_is_found(site, administrator):
    assert finding(administrator) == "There is no registrar page."
    a_page(site)
    assert finding(administrator) == ""


def test_a_second_page_is_found_and_an_alias_is_none(site, administrator):
    page = a_page(site)
    alias = page.create_alias(update_slug="alias", parent=site.root_page)
    assert finding(administrator) == ""
    assert f"{alias.title}</a> (Bosanski, alias)" in administrator.get(REPORT).content.decode()
    english = Locale.objects.create(language_code="en")
    a_page(site, "english", locale=english)
    assert finding(administrator) == ""
    a_page(site, "second")
    assert finding(administrator) == "There is more than one in: Bosanski."


def test_a_page_that_nobody_sees_is_found(site, administrator):
    a_page(site, live=False)
    assert finding(administrator) == "None is published."
    assert "not published" in administrator.get(REPORT).content.decode()


def test_a_page_below_a_translated_home_is_its_sites(site, administrator, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    home = site.root_page.copy_for_translation(Locale.objects.create(language_code="en"))
    Site.clear_site_root_paths_cache()
    home.add_child(instance=RegistrarPage(title="Registrar", slug="registrar", locale=home.locale))
    assert finding(administrator) == ""


def test_a_site_below_another_has_its_own_pages(site, administrator):
    inner = site.root_page.add_child(instance=Page(title="Inner", slug="inner"))
    below = Site.objects.create(hostname="inner.example.org", root_page=inner)
    a_page(below)
    assert finding(administrator) == "There is no registrar page."


def test_each_administrator_sees_the_own_site_and_a_superuser_all(site, administrator, admin_client):
    a_page(a_home("theirs.example.org"))
    page = administrator.get(REPORT).content.decode()
    assert "ours.example.org" in page and "theirs.example.org" not in page
    shown = {row.hostname for row in admin_client.get(REPORT).context["object_list"]}
    assert {"ours.example.org", "theirs.example.org"} <= shown


def test_who_does_not_change_the_settings_has_no_report(site, client):
    clerk = reader(site, client, "diaspora_registrar.view_order", "diaspora_registrar.change_order")
    assert clerk.get(REPORT).status_code == 302
    assert "diaspora-registrar-pages" not in clerk.get("/admin/").content.decode()


def test_the_report_is_exported(site, administrator, english):
    page = a_page(site)
    response = administrator.get(REPORT, {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert (row["Website"], row["Registrar pages"]) == ("ours.example.org", page.url_path)
    assert administrator.get(REPORT, {"export": "xlsx"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_one_and_three(
    admin_client, site, count, django_assert_max_num_queries
):
    for number in range(count):
        a_page(a_home(f"s{number}.example.org"))
    admin_client.get(REPORT)
    with django_assert_max_num_queries(14):
        admin_client.get(REPORT)
