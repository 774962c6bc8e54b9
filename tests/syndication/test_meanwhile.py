"""Two things at once, and one broken thing among many: nothing hidden comes back, nothing stands still."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction, Site

from tests.factories.syndication import a_picture, a_story, a_town, an_item
from tests.host.models import BlogPage
from tests.syndication.newsdesk import kinds
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.syndication.actions import marking, publishing, recording, rendering, rounds, writing
from wagtail_diaspora.syndication.desk.forms import DetailsForm
from wagtail_diaspora.syndication.models import Channel, Edition, FeedFile, Item, SyndicationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(town):
    return a_story(town)


@pytest.fixture
def item(town, page):
    item = an_item(town, page)
    rounds.publish()
    return item


def test_a_withdrawal_that_an_update_overtook_is_told(item, page):
    stale = list(Edition.objects.told().select_related("item__municipality"))
    BlogPage.objects.filter(pk=page.pk).update(intro="Drugo.")
    publishing.reconcile_all()
    recording.hide(stale)
    assert kinds() == ["new", "updated", "withdrawn"] and not FeedFile.objects.exists()


@pytest.mark.parametrize(
    "hidden",
    [
        lambda item, page: page.unpublish(),
        lambda item, page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
        lambda item, page: marking.withdraw(item, note="Nije tačno.", user=None),
    ],
)
def test_what_is_hidden_while_it_is_first_told_leaves_with_the_next_round(town, page, monkeypatch, hidden):
    """The comparison has read the page already."""
    item, read = an_item(town, page), publishing.contents_of

    def late(*args):
        seen = read(*args)
        hidden(Item.objects.get(), BlogPage.objects.get())
        return seen

    monkeypatch.setattr(publishing, "contents_of", late)
    publishing.reconcile_due()
    monkeypatch.undo()
    rounds.publish()
    assert Edition.objects.get(item=item).state == "withdrawn"


def test_details_do_not_bring_back_what_was_withdrawn_meanwhile(item):
    form = DetailsForm({"rights": "Slobodno"}, instance=Item.objects.get())
    assert form.is_valid()
    marking.withdraw(item, note="Nije tačno.", user=None)
    form.save()
    after = Item.objects.get()
    assert (after.wanted, after.note, after.rights) == (False, "Nije tačno.", "Slobodno")


def test_new_details_of_an_item_are_in_its_feeds(client, town, item):
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    item.topics.add(topic)
    Item.objects.update(rights="Slobodno", expires_at=timezone.now() + timedelta(days=9))
    marking.look_again(Item.objects.all())
    rounds.publish()
    assert kinds() == ["new", "updated"]
    file = FeedFile.objects.get(path__endswith="bs/roads/rss.xml")
    assert b"Slobodno" in file.body and b"dcterms:valid" in file.body
    assert publishing.reconcile_all() == 0


def test_a_website_that_is_gone_does_not_stop_the_others(town, item):
    other = a_town("drugi.example.org")
    an_item(other, a_story(other, "Drugi"))
    rounds.publish()
    Site.objects.get(hostname="primjer.example.org").delete()
    BlogPage.objects.filter(title="Drugi").update(intro="Drugo.")
    publishing.reconcile_all()
    rendering.render_due()
    assert Channel.objects.get(municipality=other).files.get(path__endswith="all/rss.xml").number == 2


def test_pictures_follow_the_website_to_another_host(town):
    an_item(town, a_story(town, header_image=a_picture()))
    rounds.publish()
    Site.objects.filter(hostname="primjer.example.org").update(hostname="novi.example.org")
    publishing.reconcile_all()
    rounds.publish()
    body = FeedFile.objects.get(path__endswith="all/rss.xml").body
    assert b"novi.example.org" in body and b"primjer.example.org" not in body


def test_an_archive_keeps_its_items_when_an_embargo_ends(town, monkeypatch):
    monkeypatch.setattr(writing, "FEED_LENGTH", 1)
    held = an_item(town, a_story(town, "Čekala"))
    Item.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    rounds.publish()
    an_item(town, a_story(town, "Prva"))
    rounds.publish()
    Item.objects.filter(pk=held.pk).update(embargo_until=None, look_at=timezone.now())
    rounds.publish()
    archive = FeedFile.objects.get(path__endswith="all.1/rss.xml").body.decode()
    assert "Prva" in archive and "Čekala" not in archive


def test_an_alias_in_another_language_is_no_translation(settings, town, page, item):
    settings.WAGTAIL_I18N_ENABLED = True
    english = Locale.objects.create(language_code="en")
    town.site.root_page.copy_for_translation(english)
    page.copy_for_translation(english, alias=True)
    publishing.reconcile_all()
    assert list(Edition.objects.values_list("language", flat=True)) == ["bs"]


def test_packed_bytes_have_a_validator_of_their_own(client, town, item):
    path = "/diaspora/feeds/" + FeedFile.objects.get(path__endswith="all/rss.xml").path
    plain, packed = (client.get(path, headers={"accept-encoding": way}) for way in ("identity", "gzip"))
    assert plain["ETag"] != packed["ETag"]
    for way in ("identity", "gzip", "gzip;q=0"):
        for known in (plain["ETag"], packed["ETag"]):
            asked = {"accept-encoding": way, "if-none-match": known}
            assert client.get(path, headers=asked).status_code == 304
    refused = client.get(path, headers={"accept-encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused


def test_a_page_with_a_restriction_of_its_own_can_be_deleted(item, page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    BlogPage.objects.get().delete()
    assert Edition.objects.get().state == "withdrawn"


def test_a_topic_with_another_name_is_another_feed(client, town):
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    item = an_item(town)
    item.topics.add(topic)
    rounds.publish()
    topic.name = {"bs": "Ceste"}
    topic.save()
    rounds.publish()
    assert "Ceste" in client.get(f"/diaspora/feeds/{town.code}/bs/all/feed.json").content.decode()


def test_other_usual_topics_are_in_the_feed(client, town):
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    settings = SyndicationSettings.objects.create(municipality=town)
    an_item(town)
    rounds.publish()
    settings.topics.add(topic)
    rounds.publish()
    assert "Putevi" in client.get(f"/diaspora/feeds/{town.code}/bs/all/feed.json").content.decode()


def test_one_item_that_fails_does_not_hold_up_the_others(town, monkeypatch, caplog):
    first, second = an_item(town, a_story(town, "Prva")), an_item(town, a_story(town, "Druga"))
    look = publishing._difference

    def fail(item, *args):
        if item.pk == first.pk:
            raise RuntimeError("broken")
        return look(item, *args)

    monkeypatch.setattr(publishing, "_difference", fail)
    assert rounds.publish() == 1 and str(first.pk) in caplog.text
    assert second.editions.count() == 1 and first.editions.count() == 0


def test_two_corrections_at_once_are_two(town):
    item = an_item(town)
    rounds.publish()
    stale = Item.objects.get()
    marking.correct(item, note="Prva.", user=None)
    marking.correct(stale, note="Druga.", user=None)
    assert Item.objects.get().corrections == 2


def test_a_script_of_another_website_may_send_validators(client, town):
    answer = client.options(f"/diaspora/feeds/{town.code}/bs/all/rss.xml")
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_a_script_of_another_website_may_read_validators(client, town, item):
    answer = client.get(f"/diaspora/feeds/{town.code}/bs/all/rss.xml")
    assert "ETag" in answer["Access-Control-Expose-Headers"]
