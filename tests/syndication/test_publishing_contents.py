"""What of a page is news: its address, picture, language and date."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tests.factories.news import a_list, an_example
from tests.factories.syndication import a_file, a_picture, a_story, an_item
from tests.host.models import BlogPage, HomePage
from tests.syndication.newsdesk import kinds
from wagtail_diaspora.syndication.actions import publishing, rounds
from wagtail_diaspora.syndication.models import Edition

pytestmark = pytest.mark.django_db


def test_a_new_slug_of_the_parent_is_another_address(town):
    parent = town.site.root_page.add_child(instance=HomePage(title="Vijesti", slug="vijesti"))
    page = parent.add_child(instance=BlogPage(title="Nova"))
    an_item(town, page)
    rounds.publish()
    parent.slug = "novosti"
    parent.save()
    publishing.reconcile_all()
    assert Edition.objects.get().content["url"].endswith("/novosti/nova/")


def test_another_file_of_the_picture_is_an_update(town):
    picture = a_picture()
    an_item(town, a_story(town, header_image=picture))
    rounds.publish()
    before = Edition.objects.get().picture
    picture.file, picture.file_hash = a_file("novi.png", "red"), ""
    picture.save()
    picture._set_file_hash()
    picture.save()
    picture.renditions.all().delete()  # as Wagtail's own form does
    publishing.reconcile_all()
    rounds.publish()
    after = Edition.objects.get().picture
    assert kinds() == ["new", "updated"] and before["url"] != after["url"] and after["width"] == 640


def test_our_words_are_in_the_language_of_the_page_whoever_reads_it(town):
    an_item(town, an_example(a_list(town.site.root_page)))
    with translation.override("de"):
        rounds.publish()
    assert "<h2>Šta je učinjeno</h2>" in Edition.objects.get().content["body"]
    with translation.override("en"):
        assert publishing.reconcile_all() == 0


def test_a_page_that_knows_no_date_of_its_own_changes_nothing(town):
    """As one that a script has put there."""
    page = town.site.root_page.add_child(instance=BlogPage(title="Uvezena"))
    an_item(town, page)
    rounds.publish()
    page.save_revision()
    assert publishing.reconcile_all() == 0
    assert Edition.objects.get().published_at <= timezone.now()


def test_what_is_yet_to_come_is_not_when_it_was_published(town):
    """A host's `date` may be that of an event."""
    an_item(town, a_story(town, date=timezone.localdate() + timedelta(days=30)))
    rounds.publish()
    assert Edition.objects.get().published_at <= timezone.now()
    assert publishing.reconcile_all() == 0


def test_another_picture_is_another_one_also_where_nobody_knows_its_hash(town):
    """As scripts add them."""
    old, new = a_picture("a"), a_picture("b")
    page = a_story(town, header_image=old)
    an_item(town, page)
    rounds.publish()
    before = Edition.objects.get().picture
    BlogPage.objects.filter(pk=page.pk).update(header_image=new)
    rounds.compare()
    rounds.publish()
    assert (old.file_hash, new.file_hash) == ("", "") and Edition.objects.get().picture["url"] != before[
        "url"
    ]
