"""What nobody decided about, in one query however many websites there are, and counted as far as it helps."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from tests.factories.syndication import a_story, a_town, an_item
from tests.host.models import BlogPage, HomePage
from tests.syndication.newsdesk import an_editor
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication import sources
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.actions.deciding import undecided_in
from wagtail_diaspora.syndication.desk import panel, undecided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def blog_registered(monkeypatch):
    monkeypatch.setattr(sources, "_registered", dict(sources._registered))
    sources.register_source(BlogPage)


def towns():
    return Municipality.objects.select_related("site__root_page")


def titles(found):
    return [page.title for page in found]


def test_each_town_decides_about_its_own_pages(town):
    other = a_town("drugi.example.org")
    a_story(town, "Naša"), a_story(other, "Njihova")
    an_item(town, a_story(town, "Označena"))
    marking.decline(a_story(town, "Odbijena"), municipality=town, user=None)
    assert titles(undecided_in([town])) == ["Naša"]
    assert titles(undecided_in(towns())) == ["Njihova", "Naša"]
    assert titles(undecided_in([])) == []


def test_a_website_below_another_one_decides_by_itself(town):
    """The page is the inner town's, whatever the outer one decided."""
    inner = a_town("selo.example.org")
    inner.site.root_page.move(town.site.root_page, "last-child")
    inner = towns().get(pk=inner.pk)
    page = a_story(inner, "Seoska")
    marking.mark(page, municipality=town, user=None)
    assert titles(undecided_in(towns())) == ["Seoska"]
    marking.mark(page, municipality=inner, user=None)
    assert titles(undecided_in(towns())) == []


def test_pages_in_another_language_belong_to_the_same_town(town, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    english = Locale.objects.create(language_code="en")
    home = town.site.root_page.copy_for_translation(english)
    home.add_child(instance=BlogPage(title="News", locale=english))
    assert titles(undecided_in([town])) == ["News"]


def test_what_only_some_may_read_is_not_asked_about(town):
    section = town.site.root_page.add_child(instance=HomePage(title="Za članove"))
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    section.add_child(instance=BlogPage(title="Interno"))
    assert titles(undecided_in([town])) == []


@pytest.mark.parametrize("count", [1, 3])
def test_many_towns_cost_what_one_does(town, count, django_assert_num_queries):
    for number in range(count - 1):
        a_story(a_town(f"grad{number}.example.org"))
    a_story(town)
    undecided_in(towns()).count()
    with django_assert_num_queries(4):
        assert len(undecided_in(towns())) == count


def test_the_home_counts_no_further_than_it_shows(town, client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(panel, "COUNTED", 2)
    editor, home = an_editor(town, client), reverse("wagtailadmin_home")
    assert "wait for a decision" not in editor.get(home).content.decode()
    a_story(town, "Prva")
    assert "1 published page waits for a decision" in editor.get(home).content.decode()
    a_story(town, "Druga")
    assert "2 published pages wait" in editor.get(home).content.decode()
    for number in range(3):
        a_story(town, f"Vijest {number}")
    assert "2+ published pages wait" in editor.get(home).content.decode()
    counted = panel.Counted.of(undecided_in([town]))
    assert (counted.count, counted.shown) == (2, "2+")


def test_the_report_has_pages_and_counts_no_further_than_it_may(town, client, monkeypatch):
    monkeypatch.setattr(undecided, "MOST", 2)
    monkeypatch.setattr(undecided.UndecidedView, "paginate_by", 1)
    editor = an_editor(town, client)
    for number in range(3):
        a_story(town, f"Vijest {number}")
    pages = [
        editor.get(reverse("diaspora_news_undecided"), {"p": number}).content.decode() for number in (1, 2)
    ]
    assert "Vijest 2" in pages[0] and "Vijest 1" in pages[1] and "Page 1 of 2" in pages[0]
