"""Run inside the host: one office with a clerk, as `diaspora_setup` makes it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from wagtail_diaspora.municipalities.models import Municipality

from .host import PASSWORD


def make(port: int) -> None:
    root = Page.objects.get(depth=2)
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
