import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.registrar.models import OrderFile
from wagtail_diaspora.vault.models import PrivateFile

pytestmark = pytest.mark.django_db


def test_the_case_says_why_a_file_was_refused_later(client):
    order = an_order(an_office())
    user = user_with("diaspora_registrar.view_order", municipality=order.municipality)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    facts = {"scope": order.municipality.scope, "name": "a", "content_type": "", "size": 1}
    file = PrivateFile.objects.create(**facts, state="refused", refusal="encrypted")
    OrderFile.objects.create(order=order, kind="identity", file=file)
    page = client.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    assert "Refused: The PDF is protected by a password." in page
