"""An editor decides about pages: on a page of its own, in bulk, and from the report."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction

from tests.factories.municipalities import user_with
from tests.factories.syndication import a_story, a_town, an_item
from tests.host.models import BlogPage
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry, Topic
from wagtail_diaspora.syndication import sources
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Change, Edition, Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

UNDECIDED = "/admin/reports/diaspora-undecided/"


@pytest.fixture
def page(town):
    return a_story(town)


@pytest.fixture
def editor(town):
    return logged_in(town, "diaspora_syndication.change_item")


@pytest.fixture
def blog_registered():
    before = dict(sources._registered)
    sources.register_source(BlogPage)
    yield
    sources._registered.clear()
    sources._registered.update(before)


def logged_in(town, *permissions, pages=("change_page", "publish_page")):
    user = user_with(*permissions, municipality=town)
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in pages:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=town.site.root_page, permission=permission)
    client = Client()
    client.force_login(user)
    return client


def desk(page):
    return reverse("diaspora_newsdesk:page", args=[page.pk])


def test_one_tick_suffices(editor, town, page):
    assert "For the diaspora" in editor.get(desk(page)).content.decode()
    answer = editor.post(desk(page), {"do": "mark"}, follow=True)
    assert "is for the diaspora" in answer.content.decode()
    assert rounds.publish() == 1
    shown = editor.get(desk(page)).content.decode()
    assert "In the feeds" in shown and "Bosanski" in shown
    assert MunicipalityLogEntry.objects.get().action == "diaspora_syndication.marked"


def test_looking_changes_nothing(editor, page):
    editor.get(desk(page))
    assert not Item.objects.exists()


def test_a_tick_by_mistake_needs_no_sentence_before_anything_went_out(editor, page):
    editor.post(desk(page), {"do": "mark"})
    early = editor.get(desk(page)).content.decode()
    assert 'value="decline"' in early and 'value="withdraw"' not in early
    rounds.publish()
    late = editor.get(desk(page)).content.decode()
    assert 'value="decline"' not in late and 'value="withdraw"' in late


def test_a_private_page_is_said_to_be_private_also_below_a_private_one(editor, town, page):
    an_item(town, page)
    said = "The page is private."
    assert said not in editor.get(desk(page)).content.decode()
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert said in editor.get(desk(page)).content.decode()


def test_days_are_chosen_from_a_calendar(editor, town, page):
    an_item(town, page)
    shown = editor.get(desk(page)).content.decode()
    assert "initDateTimeChooser" in shown and "date-time-chooser.js" in shown


def test_ticking_twice_is_ticking_once(editor, page):
    for _time in range(2):
        editor.post(desk(page), {"do": "mark"})
    assert Item.objects.count() == MunicipalityLogEntry.objects.count() == 1


def test_what_is_not_for_the_diaspora_can_be_later(editor, page):
    editor.post(desk(page), {"do": "decline"})
    assert Item.objects.get().wanted is False and rounds.publish() == 0
    editor.post(desk(page), {"do": "mark"})
    assert rounds.publish() == 1


def test_details_are_kept_and_wrong_ones_are_said(editor, town, page):
    an_item(town, page)
    rounds.publish()
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    right = {"do": "details", "topics": [topic.pk], "rights": "Slobodno", "contact": "Ured"}
    assert editor.post(desk(page), right).status_code == 302
    assert list(Item.objects.get().topics.all()) == [topic]
    rounds.publish()
    assert Change.objects.latest("number").kind == "updated"
    feed = Client().get(f"/diaspora/feeds/{town.code}/bs/all/feed.json").content.decode()
    assert "Slobodno" in feed and "Putevi" in feed
    for wrong, said in (
        ({"expires_at": "2000-01-01 10:00"}, "This time is over"),
        ({"embargo_until": "2999-01-01 10:00"}, "in the feeds already"),
    ):
        answer = editor.post(desk(page), {**right, "rights": "Kept", **wrong})
        assert answer.status_code == 422 and said in answer.content.decode()
        assert 'value="Kept"' in answer.content.decode()


def test_a_correction_needs_its_sentence(editor, town, page):
    an_item(town, page)
    early = editor.post(desk(page), {"do": "correct", "note": "x"}, follow=True)
    assert "not gone out yet" in early.content.decode()
    rounds.publish()
    assert editor.post(desk(page), {"do": "correct", "note": " "}).status_code == 422
    editor.post(desk(page), {"do": "correct", "note": "Datum je bio pogrešan."})
    rounds.publish()
    assert Change.objects.get(kind="corrected").note == "Datum je bio pogrešan."
    assert "Datum je bio pogrešan." in editor.get(desk(page)).content.decode()


def test_a_withdrawal_is_told_and_can_be_taken_back(editor, town, page):
    an_item(town, page)
    rounds.publish()
    editor.post(desk(page), {"do": "withdraw", "note": "Nije tačno."})
    assert Edition.objects.get().state == "withdrawn"
    assert "Withdrawn" in editor.get(desk(page)).content.decode()
    editor.post(desk(page), {"do": "mark"})
    rounds.publish()
    assert Edition.objects.get().state == "public"


@pytest.mark.parametrize("data", [{}, {"do": "dance"}, {"do": "details"}, {"do": "withdraw", "note": "x"}])
def test_nonsense_is_no_error_of_ours(editor, page, data):
    assert editor.post(desk(page), data).status_code == 404
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "pages"),
    [
        ((), ("change_page",)),
        (("diaspora_syndication.change_item",), ()),
    ],
)
def test_both_rights_are_needed(town, page, permissions, pages):
    client = logged_in(town, *permissions, pages=pages)
    for method in (client.get, client.post):
        assert method(desk(page), {"do": "mark"}).status_code in (302, 403)
    assert not Item.objects.exists()


def test_another_towns_page_is_nobodys_business(editor):
    other = a_story(a_town("drugi.example.org"), "Tuđa")
    answer = editor.post(desk(other), {"do": "mark"})
    assert answer.status_code in (302, 403) and not Item.objects.exists()


def test_the_button_leads_there_where_it_may(editor, town, page):
    edit, listing = (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[town.site.root_page.pk]),
    )
    for url in (edit, listing):
        assert desk(page) in editor.get(url).content.decode()
        assert desk(page) not in logged_in(town).get(url).content.decode()


def test_many_pages_are_marked_at_once(editor, town, page):
    foreign = a_story(a_town("drugi.example.org"), "Tuđa")
    second = a_story(town, "Druga")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "diaspora"])
    url += f"?id={page.pk}&id={second.pk}&id={foreign.pk}"
    confirm = editor.get(url).content.decode()
    assert "Most je otvoren" in confirm and "You may not decide" in confirm
    assert not Item.objects.exists()
    editor.post(url)
    assert {str(key) for key in Item.objects.values_list("translation_key", flat=True)} == {
        str(page.translation_key),
        str(second.translation_key),
    }


@pytest.mark.usefixtures("blog_registered")
def test_the_report_lists_what_nobody_decided_about(editor, town, page):
    a_story(a_town("drugi.example.org"), "Tuđa")
    shown = editor.get(UNDECIDED).content.decode()
    assert "Most je otvoren" in shown and "Tuđa" not in shown
    assert re.search(r'csrfmiddlewaretoken[^>]*value="\w+">\s*<input type="hidden" name="next"', shown)
    back = editor.post(desk(page), {"do": "decline", "next": UNDECIDED})
    assert back["Location"] == UNDECIDED
    assert "is not for the diaspora" in editor.get(UNDECIDED).content.decode()
    assert "Most je otvoren" not in editor.get(UNDECIDED).content.decode()
    assert logged_in(town).get(UNDECIDED).status_code in (302, 403)


@pytest.mark.usefixtures("blog_registered")
@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_one_and_three(town, count, editor, django_assert_max_num_queries):
    for number in range(count):
        a_story(town, f"Vijest {number}")
    editor.get(UNDECIDED)
    with django_assert_max_num_queries(21):
        editor.get(UNDECIDED)


def test_a_page_elsewhere_is_never_sent_back_to(editor, page):
    answer = editor.post(desk(page), {"do": "mark", "next": "https://evil.example.com/"})
    assert answer["Location"] == desk(page)
