"""Whatever happens to pages, and behind whose back, the next comparison tells it once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories.syndication import a_picture, a_story, a_town, an_item
from tests.host.models import BlogPage, HomePage
from tests.syndication.newsdesk import kinds
from wagtail_diaspora.syndication import sources
from wagtail_diaspora.syndication.actions import marking, publishing, rounds
from wagtail_diaspora.syndication.models import Change, Channel, Edition, FeedFile, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(town):
    return a_story(town)


@pytest.fixture
def item(town, page):
    item = an_item(town, page)
    assert rounds.publish() == 1
    return item


def a_private_section(page):
    section = page.get_site().root_page.add_child(instance=HomePage(title="Za članove"))
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    return section


def a_section_with(page):
    """Into which the page has moved, which hides nothing."""
    section = page.get_site().root_page.add_child(instance=HomePage(title="Vijesti"))
    page.move(section, "last-child")
    assert FeedFile.objects.exists() and kinds() == ["new"]
    return HomePage.objects.get(pk=section.pk)


def test_a_marked_page_is_told_once(town, item):
    assert kinds() == ["new"]
    assert publishing.reconcile_all() == publishing.reconcile_due() == 0
    edition = Edition.objects.get()
    assert (edition.language, edition.state, edition.version, edition.number) == ("bs", "public", 1, 1)
    assert edition.content["url"] == "http://primjer.example.org/most-je-otvoren/"
    assert edition.published_at.date().isoformat() == "2026-02-28"  # midnight of the site's clock
    assert Item.objects.get().look_at is None


def test_a_draft_is_told_when_it_is_published(town):
    page = town.site.root_page.add_child(instance=BlogPage(title="Nacrt", live=False))
    an_item(town, page)
    assert rounds.publish() == 0
    page.save_revision().publish()
    assert rounds.publish() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda page: BlogPage.objects.filter(pk=page.pk).update(intro="Drugo."),
        lambda page: Page.objects.filter(pk=page.pk).update(title="Drugi naslov"),
        lambda page: Site.objects.filter(hostname="primjer.example.org").update(hostname="drugi.example.org"),
        lambda page: page.move(page.get_parent().add_child(instance=HomePage(title="Vijesti")), "last-child"),
    ],
)
def test_what_changes_behind_our_back_is_told_as_an_update(item, page, change):
    change(BlogPage.objects.get(pk=page.pk))
    publishing.reconcile_all()
    assert kinds() == ["new", "updated"]
    assert publishing.reconcile_all() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: Page.objects.filter(pk=page.pk).update(live=False),
        lambda page: PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page=page.get_parent(), restriction_type="login")]
        ),
        lambda page: Site.objects.all().delete(),
        lambda page: page.move(Page.get_first_root_node(), "last-child"),
    ],
)
def test_what_nobody_can_see_any_more_is_withdrawn(item, page, change):
    change(BlogPage.objects.get(pk=page.pk))
    publishing.reconcile_all()
    assert kinds() == ["new", "withdrawn"]
    assert Edition.objects.get().content == {"url": "http://primjer.example.org/most-je-otvoren/"}
    assert publishing.reconcile_all() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login"),
        lambda page: page.move(a_private_section(page), "last-child"),
        lambda page: a_section_with(page).move(a_private_section(page), "last-child"),
    ],
)
def test_what_wagtail_says_takes_the_bytes_away_at_once(item, page, change):
    assert FeedFile.objects.exists()
    change(BlogPage.objects.get(pk=page.pk))
    assert not FeedFile.objects.exists()
    assert kinds() == ["new", "withdrawn"]


def test_a_lifted_restriction_brings_it_back_under_the_same_name(item, page):
    row = PageViewRestriction.objects.create(page=page, restriction_type="login")
    row.delete()
    rounds.publish()
    assert kinds() == ["new", "withdrawn", "new"]
    edition = Edition.objects.get()
    assert edition.item_id == item.pk and edition.version == 3 and edition.title == "Most je otvoren"


def test_translations_are_one_item_with_an_edition_each(settings, town, page, item):
    settings.WAGTAIL_I18N_ENABLED = True
    english = Locale.objects.create(language_code="en")
    town.site.root_page.copy_for_translation(english)
    translated = page.copy_for_translation(english)
    translated.save_revision().publish()
    rounds.publish()
    assert Item.objects.count() == 1
    assert sorted(Channel.objects.values_list("language", "number")) == [("bs", 1), ("en", 1)]


def test_a_page_that_changes_its_language_leaves_one_feed_for_the_other(item, page):
    Page.objects.filter(pk=page.pk).update(locale=Locale.objects.create(language_code="en"))
    publishing.reconcile_all()
    assert kinds(channel__language="bs") == ["new", "withdrawn"]
    assert kinds(channel__language="en") == ["new"]


def test_a_copy_is_not_marked_and_an_alias_is_nobodys_news(town, item, page):
    page.copy(update_attrs={"slug": "kopija", "title": "Kopija"})
    page.create_alias(update_slug="alias")
    publishing.reconcile_all()
    assert Item.objects.count() == Edition.objects.count() == 1


def test_an_embargo_ends_and_an_item_expires_by_the_clock(town, page):
    now = timezone.now()
    item = an_item(town, page)
    item.embargo_until, item.expires_at = now + timedelta(hours=1), now + timedelta(hours=2)
    item.save()
    rounds.publish()
    assert kinds() == ["embargoed"] and Item.objects.get().look_at == item.embargo_until
    Item.objects.update(embargo_until=now - timedelta(minutes=1), look_at=now)
    rounds.publish()
    assert kinds() == ["embargoed", "new"] and Item.objects.get().look_at == item.expires_at
    Item.objects.update(expires_at=now, look_at=now)
    rounds.publish()
    assert kinds() == ["embargoed", "new", "withdrawn"]


def test_a_correction_is_told_with_its_sentence_once(item, page):
    BlogPage.objects.filter(pk=page.pk).update(intro="Bez greške.")
    marking.correct(item, note="Datum je bio pogrešan.", user=None)
    rounds.publish()
    edition = Edition.objects.get()
    assert kinds() == ["new", "corrected"] and edition.note == "Datum je bio pogrešan."
    assert edition.content["summary"] == "Bez greške." and publishing.reconcile_all() == 0
    BlogPage.objects.get().unpublish()
    assert Change.objects.get(kind="withdrawn").note == ""


def test_a_withdrawal_is_told_at_once_and_the_page_stays(item, page):
    marking.withdraw(item, note="Nije tačno.", user=None)
    page.refresh_from_db()
    assert page.live and kinds() == ["new", "withdrawn"] and Edition.objects.get().note == "Nije tačno."
    assert rounds.publish() == 0


def test_a_page_that_cannot_be_read_changes_nothing(item, page, caplog, monkeypatch):
    """What was told stays, and is told on once the page can be read again."""

    def fail(page):
        raise RuntimeError("broken template")

    monkeypatch.setitem(sources._registered, BlogPage, sources.Source(model=BlogPage, body=fail))
    BlogPage.objects.filter(pk=page.pk).update(intro="Drugo.")
    assert publishing.reconcile_all() == 0 and kinds() == ["new"]
    assert f"Page {page.pk} could not be read" in caplog.text
    monkeypatch.undo()
    assert publishing.reconcile_all() == 1 and kinds() == ["new", "updated"]


def test_what_was_told_by_somebody_else_meanwhile_is_told_once(item, page):
    BlogPage.objects.filter(pk=page.pk).update(intro="Drugo.")
    stale = list(Item.objects.select_related("municipality__site").prefetch_related("editions", "topics"))
    assert publishing.reconcile_all() == 1
    assert publishing.reconcile(stale) == 0
    assert kinds() == ["new", "updated"] and Channel.objects.get().number == 2


def test_each_number_has_a_second_of_its_own(town):
    for number in range(3):
        an_item(town, a_story(town, f"Vijest {number}"))
    rounds.publish()
    moments = list(Change.objects.order_by("number").values_list("at", flat=True))
    assert all(
        later - before >= timedelta(seconds=1) for before, later in zip(moments, moments[1:], strict=False)
    )


def test_two_towns_are_told_apart(item):
    other = a_town("drugi.example.org")
    an_item(other, a_story(other, "Drugi grad"))
    rounds.publish()
    assert Channel.objects.count() == 2
    assert set(Change.objects.values_list("number", flat=True)) == {1}


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_one_and_three(town, count, django_assert_num_queries):
    for number in range(count):
        an_item(town, a_story(town, f"Vijest {number}", header_image=a_picture()))
    rounds.publish()
    publishing.reconcile_all()
    with django_assert_num_queries(10):
        publishing.reconcile_all()


@pytest.mark.parametrize("how", ["update", "correct", "choose"])
def test_what_changes_under_embargo_stays_under_embargo(town, page, how):
    item = an_item(town, page)
    Item.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    rounds.publish()
    if how == "update":
        BlogPage.objects.update(intro="Drugo.")
    elif how == "correct":
        marking.correct(Item.objects.get(), note="Datum je bio pogrešan.", user=None)
    else:
        Item.objects.update(rights="Slobodno")
    publishing.reconcile_all()
    edition = Edition.objects.get()
    assert len(kinds()) == 2 and (edition.state, edition.public_since) == ("embargoed", None)
    assert publishing.reconcile_all() == 0
    Item.objects.filter(pk=item.pk).update(embargo_until=None)
    publishing.reconcile_all()
    assert kinds()[-1] == "new" and Edition.objects.get().state == "public"
