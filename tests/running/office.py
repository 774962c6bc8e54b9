"""Run inside the host: one office with a clerk, as `diaspora_setup` makes it, and its neighbour."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Locale, Page, Site
from wagtail.users.models import UserProfile

from tests.factories.registrar import an_office
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.registrar.models import RegistrarPage

from .host import PASSWORD


def make_neighbour(port: int) -> None:
    """Another municipality's site, in which an alias of the registrar page stands."""
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Grad Susjed", slug="susjed"))
    site = Site.objects.create(hostname="susjed.localhost", port=port, root_page=root, site_name="Susjed")
    an_office(site=site, fee=1234, identity_required=False)
    Municipality.objects.filter(site=site).update(code="susjed", name={"bs": "Grad Susjed"})
    RegistrarPage.objects.get().create_alias(parent=root)


def make(port: int) -> None:
    root = Page.objects.get(depth=2)
    Locale.objects.update(language_code=settings.WAGTAIL_CONTENT_LANGUAGES[0][0])
    Site.objects.update(hostname="localhost", port=port)
    call_command(
        "diaspora_setup",
        municipality="primjer",
        under=str(root.pk),
        name="Grad Primjer",
        kind="grad",
        entity="rs",
        email="maticar@example.org",
        verbosity=0,
    )
    office = Municipality.objects.get()
    office.document_types.update(fee_minor=500)
    office.registrar_settings.postage_abroad_minor = 850
    office.registrar_settings.save()
    clerk = get_user_model().objects.create_user("clerk", "clerk@example.org", PASSWORD)
    clerk.groups.set(Group.objects.filter(name__startswith="Grad Primjer: ").order_by("pk")[:1])
    UserProfile.objects.create(user=clerk, preferred_language="en")
