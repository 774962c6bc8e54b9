"""A host with its own users and images: names, letterheads and choosers are theirs."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from tests.factories.news import a_list, a_piece
from tests.hosts.own.models import Paper, Picture
from wagtail_diaspora.registrar.models import DocumentType, Order

from .common import an_order, text
from .conftest import HOST, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    browser = Browser(headers={"host": HOST})
    browser.force_login(get_user_model().objects.create_superuser("admin@example.org", "only-for-tests"))
    return browser


def test_keys_are_ours_whatever_the_host_uses():
    assert DocumentType._meta.pk.get_internal_type() == "BigAutoField"


def test_the_coat_of_arms_is_one_of_the_hosts_images(client, citizen, office, admin):
    picture = Picture.objects.create(title="Grb", file=get_test_image_file())
    office.coat_of_arms = picture
    office.save()
    assert "Grb" in text(admin.get(reverse("diaspora_municipality:edit", args=[office.pk])))
    order = an_order(citizen)
    receipt = client.get(reverse("diaspora_registrar:receipt", args=[order.pk]))
    assert b"".join(receipt).startswith(b"%PDF-")
    picture.delete()
    office.refresh_from_db()
    assert office.coat_of_arms is None


def test_clerks_are_the_hosts_users(citizen, clerk, admin):
    order = an_order(citizen)
    assign = reverse("diaspora_desk:step", args=[order.pk, "assign"])
    assert "clerk@example.org" in text(clerk.get(assign))
    user = get_user_model().objects.get(email="clerk@example.org")
    clerk.post(assign, {"version": order.version, "assignee": user.pk})
    assert Order.objects.get().assignee.email == "clerk@example.org"
    assert "clerk@example.org" in text(clerk.get(reverse("diaspora_desk:queue")))
    assert "clerk@example.org" in text(admin.get(reverse("diaspora_access")))


def test_sample_papers_are_made_and_leave_nothing(tmp_path, office):
    users = get_user_model().objects.count()
    call_command("diaspora_sample_papers", str(tmp_path), verbosity=0)
    assert list(tmp_path.glob("*/*.pdf")) and get_user_model().objects.count() == users


def test_news_shows_the_hosts_images_and_documents(client, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = Picture.objects.create(title="Most", file=get_test_image_file())
    sound = Paper.objects.create(title="Snimak", file=ContentFile(b"ID3", "snimak.mp3"))
    page = a_piece(a_list(office.site.root_page), picture=picture, audio=sound)
    for shown in (page, page.get_parent()):
        assert "/media/images/" in text(client.get(shown.url))
    picture.delete()
    sound.delete()
    assert "<img" not in text(client.get(page.url)) and "<audio" not in text(client.get(page.url))
