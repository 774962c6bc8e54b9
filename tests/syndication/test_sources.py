"""A host's pages are read as its authors named their fields, whatever they are called."""

from datetime import date

import pytest
from django.db import models
from django.utils import timezone
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from tests.factories.syndication import a_picture, a_story
from tests.host.models import BlogPage, StoryPage
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.news.blocks import LatestNewsBlock
from wagtail_diaspora.news.models import EventPage, GoodPracticePage
from wagtail_diaspora.registrar.blocks import OrderBlock
from wagtail_diaspora.syndication import markup, sources
from wagtail_diaspora.syndication.blocks import OtherMunicipalitiesBlock

pytestmark = pytest.mark.django_db

URL = "http://primjer.example.org/vijesti/most/"


@pytest.fixture
def registered():
    before = dict(sources._registered)
    yield sources.register_source
    sources._registered.clear()
    sources._registered.update(before)


def test_the_fields_of_an_unknown_type_are_guessed(town):
    picture = a_picture()
    content = sources.read(a_story(town, header_image=picture), url=URL)
    assert (content.title, content.summary) == ("Most je otvoren", "Nakon obnove.")
    assert content.body == "<p>Most je <b>otvoren</b>.</p>"
    assert content.published_at.startswith("2026-03-01T00:00:00")
    assert content.image["id"] == picture.pk and content.image["alt"] == "Stari most"


def test_fields_with_names_in_our_languages_are_guessed_too():
    class Vijest(Page):
        uvod, tijelo = models.TextField(), models.TextField()
        autor = models.CharField(max_length=10)
        datum_objave = models.DateField()

        class Meta:
            abstract = True

    guess = sources._guess(Vijest)
    assert (guess.summary, guess.body, guess.date) == ("uvod", ("tijelo",), "datum_objave")
    assert guess.author == "autor"


def test_blocks_are_read_and_the_summary_is_taken_from_them(town):
    page = StoryPage(title="Priča", story=[("paragraph", "<p>Prva rečenica.</p>")])
    town.site.root_page.add_child(instance=page)
    content = sources.read(StoryPage.objects.get(), url=URL)
    assert "<p>Prva rečenica.</p>" in content.body
    assert content.summary == "Prva rečenica."


def test_a_block_called_heading_is_one_and_no_sentence():
    stream = StreamBlock([("heading", CharBlock()), ("note", CharBlock()), ("text", RichTextBlock())])
    told = [("heading", "Most & cesta"), ("note", "Danas"), ("text", RichText("<p>Prva rečenica.</p>"))]
    body = markup.outward(markup.as_html(StreamValue(stream, told)), base=URL)
    assert "<h2>Most &amp; cesta</h2>" in body and "<h2>Danas" not in body
    assert markup.as_sentences(markup.running(body)) == "Danas Prva rečenica."
    assert markup.running("<h2>Samo naslov</h2>") == "<h2>Samo naslov</h2>"


class Framed(StreamBlock):
    heading = CharBlock()

    def get_template(self, value=None, context=None):
        return "blocks/frame.html"


class Ruled(CharBlock):
    def get_template(self, value=None, context=None):
        return "blocks/ruled.html"


def test_the_templates_that_blocks_choose_themselves_are_used(settings):
    shown = {
        "blocks/frame.html": "<ul><li>{{ value.0 }}</li></ul>",
        "blocks/ruled.html": "<h3>{{ value }}</h3>",
    }
    loader = ("django.template.loaders.locmem.Loader", shown)
    options = {**settings.TEMPLATES[0].get("OPTIONS", {}), "loaders": [loader]}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]
    told = [("heading", "Most")]
    framed, ruled = StreamValue(Framed(), told), StreamValue(StreamBlock([("heading", Ruled())]), told)
    assert markup.outward(markup.as_html(framed), base=URL) == "<ul><li>Most</li></ul>"
    assert markup.outward(markup.as_html(ruled), base=URL) == "<div><h3>Most</h3></div>"


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_heading_is_left_out(nothing):
    stream = StreamBlock([("heading", CharBlock(required=False))])
    told = [("heading", nothing), ("heading", "Most")]
    assert markup.outward(markup.as_html(StreamValue(stream, told)), base=URL) == "<h2>Most</h2>"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>Općina<span> </span>Tuzla</p>", "Općina Tuzla"),
        ("<p>most<span></span> na Drini</p>", "most na Drini"),
        ("<p>most<b> </b>na<i> </i>Drini</p>", "most na Drini"),
        ("Most<div> </div>Drina", "Most Drina"),
        ("<div><span> </span></div>", ""),
    ],
)
def test_what_is_empty_does_not_take_the_space_between_words(written, text):
    body = markup.outward(written, base=URL)
    assert (markup.as_lines(body), markup.as_sentences(body)) == (text, text)
    assert "span" not in body


def test_what_lists_show_is_no_news_of_the_page():
    lists = StreamBlock(
        [("news", LatestNewsBlock()), ("others", OtherMunicipalitiesBlock()), ("order", OrderBlock())]
    )
    shown = [(name, block.get_preview_value()) for name, block in lists.child_blocks.items()]
    stream = StreamValue(lists, shown)
    assert str(stream.render_as_block()).count("diaspora-block") == 2
    assert markup.outward(markup.as_html(stream), base=URL) == ""


def test_a_registered_type_says_it_itself(town, registered):
    registered(BlogPage, title=lambda page: page.title.upper(), summary="", body="intro", kind="event")
    content = sources.read(a_story(town), url=URL)
    assert content.title == "MOST JE OTVOREN" and content.kind == "event"
    assert content.body == "<p>Nakon obnove.</p>"
    assert BlogPage in sources.registered() and StoryPage not in sources.registered()


@pytest.mark.parametrize("values", [{"headline": "title"}, {"body": 3, "nothing": 1}])
def test_a_value_of_an_unknown_name_is_refused(registered, values):
    with pytest.raises(TypeError):
        registered(BlogPage, **values)


def test_only_pages_can_be_news(registered):
    with pytest.raises(TypeError, match="not a type of pages"):
        registered(Municipality)


def test_the_body_is_clean_and_its_addresses_are_absolute(town):
    home = town.site.root_page
    written = (
        f'<p>Vidi <a linktype="page" id="{home.pk}">početnu</a> i <a href="/x/?a=1&amp;b=2">x</a>.</p>'
        '<embed embedtype="media" url="https://video.example.com/1"/><script>alert(1)</script>'
        '<p onclick="x()"><a href="javascript:x()">loš</a></p>'
    )
    body = sources.read(a_story(town, content=written), url=URL).body
    assert 'href="http://primjer.example.org/"' in body
    assert 'href="http://primjer.example.org/x/?a=1&amp;b=2"' in body
    assert '<a href="https://video.example.com/1">' in body
    assert not any(word in body for word in ("script", "onclick", "embed"))


def test_titles_are_plain_text(town):
    page = a_story(town, title="A &amp; B <i>C</i> \x0b")
    assert sources.read(page, url=URL).title == "A & B C"


def test_the_digest_changes_with_the_words_and_with_the_file_of_the_picture(town):
    picture = a_picture()
    page = a_story(town, header_image=picture)
    first = sources.read(page, url=URL)
    assert first.digest == sources.read(page, url=URL).digest
    picture.file_hash = "other"
    page.header_image = picture
    assert sources.read(page, url=URL).digest != first.digest
    page.header_image, page.intro = None, "Drugo."
    assert sources.read(page, url=URL).summary == "Drugo."


def test_the_pages_of_the_news_room_are_read_whole(town):
    topic = Topic.objects.create(code="roads", name={"bs": "Putevi"})
    words = {"summary": "Ukratko.", "published_on": date(2026, 3, 1), "radio_script": "Dobar dan."}
    words["pronunciation"] = "Žepče – ŽEP-če"
    event = EventPage(title="Susret", starts_at=timezone.now(), place="Dom kulture", **words)
    example = GoodPracticePage(title="Primjer", problem="<p>Nema puta.</p>", done="<p>Put.</p>", **words)
    for page in (event, example):
        page.topics = [topic]
        town.site.root_page.add_child(instance=page)
    event, example = (sources.read(page.specific, url=URL) for page in (event, example))
    assert (event.kind, event.happening["place"], event.topics) == ("event", "Dom kulture", ["roads"])
    assert (example.kind, example.summary) == ("good_practice", "Ukratko.")
    assert (example.radio_script, example.pronunciation) == ("Dobar dan.", "Žepče – ŽEP-če")
    assert "<p>Nema puta.</p>" in example.body and "<h2>" in example.body


def test_words_of_two_paragraphs_are_not_one(town):
    rich = "<p>Prva.</p><p>Druga.</p>"
    page = a_story(town, intro="", content=rich)
    assert sources.read(page, url=URL).summary == "Prva. Druga."
    page.intro = rich
    assert sources.read(page, url=URL).summary == "Prva. Druga."


def test_what_is_read_aloud_keeps_its_paragraphs(town):
    page = EventPage(title="Susret", starts_at=timezone.now(), radio_script="Dobar dan.\n\n5 < 6 & 7\nKraj.")
    assert sources.read(page, url=URL).radio_script == "Dobar dan.\n\n5 < 6 & 7\nKraj."
