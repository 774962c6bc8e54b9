"""Run inside a host that has the package: it is used, and then the documented steps are taken."""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from tests.factories.registrar import an_order
from tests.host.models import HomePage
from tests.hosts import steps
from tests.running.office import make
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.registrar.models import RegistrarPage

from .test_removal import DOCUMENT


def use() -> None:
    """A site with a home page, an office, a page with an alias, and an order."""
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Grad", slug="grad"))
    Site.objects.update(root_page=home)
    Page.objects.get(slug="home").delete()
    make(80)
    page = RegistrarPage.objects.get()
    page.create_alias(parent=home, update_slug="alias")
    an_order(Municipality.objects.get(), page_id=page.pk)


def remove() -> None:
    admin = Client(headers={"host": "localhost"})
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "only-for-tests")
    admin.force_login(user)
    for page in RegistrarPage.objects.all():
        assert admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    assert not RegistrarPage.objects.exists()
    for name, *arguments in steps.commands(DOCUMENT):
        if arguments[1:] == ["zero"]:
            call_command(name, *arguments, verbosity=0)
