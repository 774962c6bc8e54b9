import html
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from wagtail import blocks
from wagtail.models import Locale, Page, PageViewRestriction

from tests.factories.news import a_home, a_list, a_picture, a_piece, a_topic, an_event, an_example, published
from tests.host.models import HomePage
from wagtail_diaspora.live import without_live_blocks
from wagtail_diaspora.news.blocks import (
    EventsBlock,
    GoodPracticeBlock,
    LatestNewsBlock,
    TopicBlock,
    VideoStoryBlock,
)
from wagtail_diaspora.news.models import NewsIndexPage

pytestmark = pytest.mark.django_db
LISTS = [LatestNewsBlock, GoodPracticeBlock, EventsBlock]


def value_of(block, **chosen):
    return block.to_python({"count": 3, "topic": "", **chosen})


def rendered(block, request=None, page=None, **chosen):
    context = {"request": request, "page": page} if request or page else None
    return html.unescape(block.render(value_of(block, **chosen), context=context))


@pytest.fixture
def ask():
    def request(home):
        made = RequestFactory().get("/", headers={"host": home.get_site().hostname})
        made.user = AnonymousUser()
        return made

    return request


def test_the_newest_of_all_kinds_come_first(listing, ask):
    a_piece(listing, "Stara", published_on=date(2025, 1, 1))
    an_example(listing, "Primjer", published_on=date(2026, 1, 3))
    an_event(listing, "Susret", published_on=date(2026, 1, 2))
    a_piece(listing, "Nova", published_on=date(2026, 1, 4))
    text = rendered(LatestNewsBlock(), ask(listing), heading="Iz općine")
    assert text.index("Iz općine") < text.index(">Nova<") < text.index(">Primjer<") < text.index(">Susret<")
    assert ">Stara<" not in text


def test_an_editor_narrows_by_kind_and_topic(listing, ask):
    topic = a_topic()
    a_piece(listing, "Vijest", topics=[topic])
    a_piece(listing, "Druga")
    an_event(listing, "Susret", topics=[topic])
    text = rendered(LatestNewsBlock(), ask(listing), topic="culture", kind="news")
    assert ">Vijest<" in text and ">Druga<" not in text and ">Susret<" not in text
    assert ">Susret<" in rendered(EventsBlock(), ask(listing), topic="culture")
    assert "diaspora-cards" not in rendered(EventsBlock(), ask(listing), topic="gone")


def test_examples_are_listed_alone(listing, ask):
    a_piece(listing, "Vijest")
    an_example(listing, "Primjer")
    text = rendered(GoodPracticeBlock(), ask(listing))
    assert ">Primjer<" in text and ">Vijest<" not in text


def test_events_are_those_to_come_the_next_one_first(listing, ask):
    now = timezone.now()
    an_event(listing, "Prošlo", starts_at=now - timedelta(days=1))
    an_event(listing, "Kasnije", starts_at=now + timedelta(days=5))
    an_event(listing, "Uskoro", starts_at=now + timedelta(days=1))
    text = rendered(EventsBlock(), ask(listing))
    assert (
        text.index(">Uskoro<") < text.index(">Kasnije<") and ">Prošlo<" not in text and "Dom kulture" in text
    )


@pytest.mark.parametrize("block", LISTS)
def test_only_public_pages_of_the_readers_site_are_shown(listing, ask, block):
    for make in (an_event, an_example):
        make(listing, "Povučena").unpublish()
        PageViewRestriction.objects.create(page=make(listing, "Privatna"), restriction_type="login")
        make(a_list(a_home(f"{make.__name__}.example.org".replace("_", "-"))), "Tuđa")
        make(listing, "Javna")
    text = rendered(block(), ask(listing), count=12)
    assert ">Javna<" in text
    for title in ("Povučena", "Privatna", "Tuđa"):
        assert title not in text


@pytest.mark.parametrize("block", LISTS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_block_costs_the_same_for_one_and_three(
    listing, ask, block, count, settings, tmp_path, django_assert_max_num_queries
):
    settings.MEDIA_ROOT = tmp_path
    topic = a_topic()
    for number in range(count):
        for make in (an_event, an_example, a_piece):
            make(
                listing,
                f"{make.__name__}{number}",
                picture=a_picture(f"p{number}{make.__name__}"),
                topics=[topic],
            )
    rendered(block(), ask(listing), count=9, topic="culture")
    with django_assert_max_num_queries(9 if block is LatestNewsBlock else 7):
        text = rendered(block(), ask(listing), count=9, topic="culture")
    assert text.count("<img") == text.count("<li ") >= count


def test_without_a_request_a_block_shows_the_news_of_its_page_or_of_the_default_site(listing):
    a_piece(listing, "Naša")
    other = a_list(a_home("drugi.example.org"))
    a_piece(other, "Druga")
    assert ">Druga<" in rendered(LatestNewsBlock(), page=other)
    default = listing.get_site()
    type(default).objects.update(is_default_site=False)
    assert "<li " not in rendered(LatestNewsBlock())
    type(default).objects.filter(pk=default.pk).update(is_default_site=True)
    assert ">Naša<" in rendered(LatestNewsBlock())


def test_a_site_with_languages_shows_those_of_the_page(listing, ask, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("bs", "Bosanski"), ("de", "Deutsch")]
    home, german = listing.get_parent(), Locale.objects.create(language_code="de")
    a_piece(listing, "Vijest")
    translated = home.copy_for_translation(german)
    translated.save_revision().publish()
    a_piece(published(NewsIndexPage(title="Nachrichten"), translated), "Nachricht")
    for page, shown, other in ((home, "Vijest", "Nachricht"), (translated, "Nachricht", "Vijest")):
        text = rendered(LatestNewsBlock(), ask(home), page)
        assert f">{shown}<" in text and f">{other}<" not in text


def test_the_link_below_leads_only_where_a_reader_may_go(listing, ask):
    assert ">Vijesti<" in rendered(LatestNewsBlock(), ask(listing), all_news=listing.pk)
    row = PageViewRestriction.objects.create(page=listing.get_parent(), restriction_type="login")
    assert ">Vijesti<" not in rendered(LatestNewsBlock(), ask(listing), all_news=listing.pk)
    row.delete()
    listing.unpublish()
    assert ">Vijesti<" not in rendered(LatestNewsBlock(), ask(listing), all_news=listing.pk)


def test_a_video_is_a_link_and_loads_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    block = VideoStoryBlock()
    story = {
        "title": "Povratak",
        "url": "https://www.video.example.com/1",
        "poster": a_picture().pk,
        "text": "O kući.",
    }
    text = block.render(block.to_python(story))
    assert 'href="https://www.video.example.com/1"' in text and " video.example.com" in text
    assert text.count("https:") == 1 and "O kući." in text and 'src="/media/images/' in text


@pytest.mark.parametrize("block", [*LISTS, VideoStoryBlock])
@pytest.mark.parametrize("with_news", [True, False])
def test_the_chooser_previews_each_block(admin_client, block, with_news):
    Page.objects.filter(depth=2).delete()
    if with_news:
        parent = a_list(a_home("testserver"))
        an_event(parent, "Naš")
        an_example(parent, "Naš")
    made = block()
    made.set_name("block")
    assert made.is_previewable and made.get_description()
    url = reverse("wagtailadmin_block_preview")
    response = admin_client.get(url, {"id": made.definition_prefix})
    text = html.unescape(response.content.decode())
    assert response.status_code == 200 and "diaspora-card" in text
    if block is not VideoStoryBlock:
        assert (">Naš<" in text) == with_news
        assert ('href="#"' in text) != with_news


def test_a_hosts_migrations_name_nothing_of_ours():
    for block in (LatestNewsBlock(), VideoStoryBlock(), EventsBlock(), TopicBlock(required=False)):
        assert "diaspora" not in repr(deep(block))
    path, _args, kwargs = TopicBlock(required=False, label="tema").deconstruct()
    assert path == "wagtail.blocks.CharBlock" and isinstance(blocks.CharBlock(**kwargs), blocks.CharBlock)


def deep(block):
    path, args, kwargs = block.deconstruct()
    children = [(name, deep(child)) for name, child in getattr(block, "child_blocks", {}).items()]
    return path, [type(arg).__name__ for arg in args], sorted(kwargs), children


def test_an_editor_chooses_a_topic_that_is_there(listing):
    a_topic("sport", bs="Sport")
    block = TopicBlock(required=False)
    assert dict(block.field.choices)["sport"] == "Sport"
    a_topic("culture", bs="Kultura")
    assert "culture" in dict(block.field.choices)


def test_home_pages_may_hold_a_block_beside_their_own_template(client, listing):
    """As a host's template includes it: `self` and `page` are the host's page."""
    a_piece(listing, "Naša")
    home = published(HomePage(title="Naslovna"), listing.get_parent())
    request = RequestFactory().get("/", headers={"host": "grad.example.org"})
    block = LatestNewsBlock()
    bound = block.bind(value_of(block))
    text = render_to_string(
        "wagtailcore/shared/block_preview.html", {"bound_block": bound, "page": home, "self": home}, request
    )
    assert ">Naša<" in text


@pytest.mark.parametrize(("heading", "tag"), [("Iz općine", "h3"), ("", "h2")])
def test_headings_follow_one_another_without_a_gap(listing, ask, heading, tag):
    a_piece(listing, "Nova")
    text = rendered(LatestNewsBlock(), ask(listing), heading=heading)
    assert f"<{tag}><a" in text and "<section" not in text  # a section would need a heading


def test_lists_are_left_out_of_what_a_page_says(listing, ask):
    a_piece(listing, "Nova"), an_event(listing, "Susret"), an_example(listing, "Primjer")
    for block in LISTS:
        with without_live_blocks():
            assert rendered(block(), ask(listing)) == ""
        assert "diaspora-card" in rendered(block(), ask(listing))


def test_topics_are_offered_in_the_order_of_their_names():
    a_topic("a", bs="Šport"), a_topic("b", bs="Čistoća"), a_topic("c", bs="Zdravlje")
    with translation.override("bs"):
        assert [name for _code, name in TopicBlock().field.choices][1:] == ["Čistoća", "Šport", "Zdravlje"]
