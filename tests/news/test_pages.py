import json
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page

from tests.factories.news import a_home, a_list, a_picture, a_piece, a_topic, an_event, an_example, published
from tests.host.models import HomePage
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.news.models import EventPage, Follower, GoodPracticePage, NewsIndexPage, NewsPage

pytestmark = pytest.mark.django_db


def json_ld(text):
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return json.loads(data)


def test_a_piece_of_news_shows_what_the_editor_wrote(listing, show, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sound = Document.objects.create(title="Snimak", file="snimak.mp3")
    picture = a_picture(description="Most preko rijeke")
    body = [
        ("heading", "Kako dalje"),
        ("paragraph", "<p>Radovi <b>traju</b>.</p>"),
        ("picture", {"image": picture, "alt": "Radnici", "caption": "Gradilište", "credit": "Autorica"}),
        ("quote", {"text": "Napokon.", "source": "Stanovnik"}),
    ]
    page = a_piece(
        listing,
        body=body,
        published_on=date(2026, 3, 1),
        picture=picture,
        picture_credit="Primjer",
        audio=sound,
    )
    text = show(page)
    for words in (
        "Novi most",
        "Preko rijeke za pet minuta.",
        "Kako dalje",
        "<b>traju</b>",
        "Napokon.",
        "Stanovnik",
    ):
        assert words in text, words
    assert '<time datetime="2026-03-01">' in text and 'alt="Most preko rijeke"' in text
    assert 'preload="none"' in text and f'href="{listing.relative_url(listing.get_site())}"' in text


@pytest.mark.parametrize(("language", "word"), [("bs", "Teme"), ("sr", "Теме")])
def test_a_page_speaks_in_the_language_of_its_locale(client, language, word):
    """On a host of one language, which has no LocaleMiddleware."""
    home = a_home(f"{language}.example.org", language)
    page = a_piece(a_list(home), "Vijest")
    page.topics = [a_topic()]
    page.save_revision().publish()
    for shown in (page, page.get_parent().specific):
        response = client.get(
            shown.relative_url(home.get_site()), headers={"host": f"{language}.example.org"}
        )
        assert response.status_code == 200 and response["Content-Language"] == language
        assert f'<div class="diaspora" lang="{language}">' in response.content.decode()
        assert "diaspora-languages" not in response.content.decode()
    assert ("Kultura" if language == "bs" else "Култура") in response.content.decode()


def test_data_for_search_engines_cannot_end_their_element(listing, show):
    page = a_piece(listing, "</script><b>&\u2028", published_on=date(2026, 3, 1))
    data = json_ld(show(page))
    assert data["@type"] == "NewsArticle" and data["headline"] == "</script><b>&\u2028"
    assert data["datePublished"] == "2026-03-01" and data["inLanguage"] == "bs"
    assert (
        data["url"] == page.full_url == "http://grad.example.org/vijesti/script-b/"
        or page.full_url in data["url"]
    )
    assert data["publisher"]["url"] == "http://grad.example.org"


def test_the_publisher_is_the_municipality_of_the_site(listing, show):
    page = a_piece(listing)
    assert json_ld(show(page))["publisher"]["name"] == "grad.example.org"
    Municipality.objects.create(
        code="grad", site=listing.get_site(), name={"bs": "Grad Primjer"}, entity="rs", email="m@example.org"
    )
    assert json_ld(show(page))["publisher"]["name"] == "Grad Primjer"


@pytest.mark.parametrize(("chosen", "told"), [("", "Ukratko rečeno."), ("Za tražilice.", "Za tražilice.")])
def test_search_engines_are_told_what_it_is_about(listing, show, chosen, told):
    page = a_piece(listing, summary="Ukratko rečeno.", search_description=chosen)
    assert f'<meta name="description" content="{told}">' in show(page)


def test_a_picture_has_an_absolute_address_for_search_engines(listing, show, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = a_piece(listing, picture=a_picture())
    assert json_ld(show(page))["image"].startswith("http://grad.example.org/media/images/")
    (tmp_path / page.picture.file.name).unlink()
    page.picture.renditions.all().delete()
    cache.clear()  # Wagtail keeps renditions there
    assert "not-found" in show(page)


def test_an_event_says_when_and_where(listing, show):
    start = timezone.now().replace(microsecond=0)
    page = an_event(listing, starts_at=start, ends_at=start + timedelta(hours=2))
    text = show(page)
    data = json_ld(text)
    assert data["@type"] == "Event" and data["name"] == "Dani dijaspore"
    assert timezone.datetime.fromisoformat(data["startDate"]) == start
    assert data["location"]["address"] == "Dom kulture, Glavna ulica 1, 79101 Primjer"
    assert f"/diaspora/event/{page.pk}/calendar.ics" in text
    assert timezone.localtime(start).strftime("%H:%M") in text


def test_an_event_cannot_end_before_it_begins(listing):
    event = an_event(listing)
    event.ends_at = event.starts_at - timedelta(minutes=1)
    with pytest.raises(ValidationError, match="end before|prije nego"):
        event.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=event.pk).update(ends_at=event.ends_at)


def test_an_example_is_told_from_problem_to_result(listing, show):
    page = an_example(
        listing,
        partners="Zavod\nBiro",
        cost="20.000 KM",
        result="<p>Sto radnih mjesta.</p>",
        contact="posao@example.org",
        video_url="https://www.video.example.com/watch?v=1",
    )
    page.followers = [Follower(name="Općina Drugi"), Follower(name="Treći", url="https://treci.example.com/")]
    page.save_revision().publish()
    text = show(page)
    told = (
        "Oglasi su bili",
        "Sve oglase",
        "Sto radnih mjesta",
        "Zavod<br>Biro",
        "20.000 KM",
        "mailto:posao@example.org",
    )
    for words in (*told, "Općina Drugi", 'href="https://treci.example.com/"', "video.example.com"):
        assert words in text, words
    assert json_ld(text)["@type"] == "Article"


def test_no_page_asks_anybody_else_before_a_click(listing, show):
    video = {"title": "Priča", "url": "https://video.example.com/1", "poster": None, "length": "3:20"}
    for page in (
        a_piece(listing, body=[("video", video)]),
        an_example(listing, video_url="https://video.example.com/2"),
    ):
        text = show(page)
        assert "https://video.example.com/" in text and "<iframe" not in text
        loaded = re.findall(
            r'(?:src|srcset|poster|action)="(https?:[^"]+)"|<link [^>]*href="(https?:[^"]+)"', text
        )
        assert not loaded


def test_reading_time_is_counted_from_the_words_for_radio():
    assert NewsPage().reading_seconds == 0
    assert NewsPage(radio_script="jedna").reading_seconds == 1
    assert NewsPage(radio_script=" ".join(["riječ"] * 132)).reading_seconds == 60


def test_radio_texts_are_not_on_the_website(listing, show):
    page = a_piece(listing, radio_script="Dobar dan, slušaoci.", pronunciation="ŽEP-če")
    assert "slušaoci" not in show(page) and "ŽEP-če" not in show(page)


def test_our_pages_stand_below_a_list_and_nowhere_else():
    for model in (NewsPage, EventPage, GoodPracticePage):
        assert model.can_create_at(NewsIndexPage())
        assert not model.can_create_at(HomePage()) and model.subpage_types == []
    assert NewsIndexPage.can_create_at(HomePage())


def test_a_host_may_have_a_news_page_of_its_own():
    """Django joins tables by the name of the class unless the key says another."""
    names = {relation.get_accessor_name() for relation in Page._meta.related_objects}
    assert not names & {"newspage", "eventpage", "goodpracticepage", "newsindexpage"}
    assert "diaspora_news_newspage" in names


def test_a_page_is_found_by_what_it_says(listing):
    page = an_example(listing, partners="Zavod za zapošljavanje")
    fields = {field.field_name for field in GoodPracticePage.get_search_fields()}
    assert {"title", "summary", "body", "problem", "done", "result", "partners"} <= fields
    assert [found.pk for found in GoodPracticePage.objects.search("zapošljavanje")] == [page.pk]


@pytest.mark.parametrize("model", [NewsPage, EventPage, GoodPracticePage, NewsIndexPage])
def test_an_editor_writes_each_kind(admin_client, listing, model):
    parent = listing.get_parent() if model is NewsIndexPage else listing
    url = f"/admin/pages/add/diaspora_news/{model._meta.model_name}/{parent.pk}/"
    response = admin_client.get(url)
    assert response.status_code == 200
    form = response.context["form"]
    missing = [name for name in model_fields(model) if name not in form.fields]
    assert not missing


def model_fields(model):
    own = {field.name for field in model._meta.get_fields() if field.concrete} - {"page_ptr"}
    return own - {field.name for field in Page._meta.get_fields()}


def test_every_field_has_a_sentence_that_helps():
    for model in (NewsPage, EventPage, GoodPracticePage, NewsIndexPage):
        handler = model.get_edit_handler()
        helped = {panel.field_name for panel in panels(handler) if panel.help_text}
        assert model_fields(model) <= helped, model


def panels(panel):
    if hasattr(panel, "field_name"):
        yield panel
    for child in getattr(panel, "children", []):
        yield from panels(child)


def test_a_preview_and_a_copy_work(listing, show):
    page = a_piece(listing)
    page.title = "Nacrt"
    page.save_revision()
    assert "Nacrt" in page.get_latest_revision_as_object().make_preview_request().content.decode()
    assert "Nacrt" not in show(page)
    copy = page.copy(to=listing, update_attrs={"slug": "kopija"})
    assert "Nacrt" in show(copy) or "Novi most" in show(copy)


def test_a_page_without_a_site_is_previewed():
    orphan = published(NewsIndexPage(title="Vijesti", slug="nigdje"), Page.objects.get(depth=1))
    page = a_piece(orphan)
    assert page.get_site() is None
    assert page.make_preview_request().status_code == 200


def test_pictures_are_made_while_a_page_is_published(listing, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = a_piece(listing, picture=a_picture())
    made = {rendition.filter_spec for rendition in page.picture.renditions.all()}
    assert {"max-1200x900", "fill-480x320"} <= made
