"""What a week and a month of news came to, for the mailbox of the press and for the ministry."""

import io
import re
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.syndication import a_partner, a_story, a_town, an_item
from tests.host.models import BlogPage
from tests.pdf import text_of
from tests.syndication.newsdesk import a_told_item, an_editor, tell
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.syndication import papers, sources
from wagtail_diaspora.syndication.actions import weekly
from wagtail_diaspora.syndication.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(town, client):
    return an_editor(town, client)


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setitem(sources._registered, BlogPage, sources.source_of(BlogPage()))


def test_the_week_is_summed_up_once(town, partner, smtp, registered, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://urednik.primjer.example.org"
    town.office_languages = ["en"]
    town.save()
    a_story(town, "Neodlučena")
    smtp.reject = "550 5.1.1 no such user"
    a_told_item(town)
    smtp.reject = None
    tuesday = datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert (weekly.summarise(tuesday), weekly.summarise(tuesday)) == (1, 0)
    deliver_due()
    mail = smtp.latest_to("press@example.org")
    words = mail.get_body(("plain",)).get_content()
    assert "THESE DID NOT GET THERE:" in words and f"Most je otvoren: {partner.name}" in words
    assert "1 published page is not ticked" in words and "Neodlučena" in words
    assert "https://urednik.primjer.example.org/admin/reports/diaspora-undecided/" in words


def test_the_week_has_the_ledgers_words_for_what_waits_in_a_feed(town, partner, smtp):
    town.office_languages = ["en"]
    town.save()
    a_partner(town, way="feed")
    an_item(town)
    tell()
    weekly.summarise(datetime(2026, 3, 3, 9, tzinfo=UTC))
    deliver_due()
    words = smtp.latest_to("press@example.org").get_body(("plain",)).get_content()
    assert "1 – waits" in words.splitlines() and "1 – stands in their feed" in words.splitlines()


def test_a_week_without_anything_has_no_mail(town):
    assert weekly.summarise() == 0 and not Message.objects.exists()


def test_the_summary_waits_for_mondays_morning(town, partner, smtp):
    a_told_item(town)
    night, morning = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (4, 6))
    assert (weekly.summarise(night), weekly.summarise(morning)) == (0, 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [("bs", ["Most je otvoren", "Radio Primjer"]), ("sr", ["Мост је отворен"]), ("en", ["aired", "sent"])],
)
def test_the_months_proof_is_a_tagged_paper(town, editor, partner, smtp, language, words):
    a_told_item(town)
    a_told_item(town, "Druga")
    day = timezone.localdate()
    Delivery.objects.filter(title="Most je otvoren").reach("aired", aired_on=day)
    url = reverse("diaspora_newsdesk:proof")
    assert editor.get(url).status_code == 200
    asked = {"municipality": town.pk, "month": f"{day:%Y-%m}", "language": language}
    answer = editor.get(url, asked)
    assert answer["Content-Type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith(language)
    said = "\n".join(page.extract_text() for page in reader.pages)
    assert all(word in said for word in words)
    for wrong in ("2026-13", "0001-01"):
        assert editor.get(url, {**asked, "month": wrong}).status_code == 422


@pytest.mark.usefixtures("english")
def test_the_screen_of_the_proof_is_headed_by_its_name(editor):
    shown = editor.get(reverse("diaspora_newsdesk:proof")).content.decode()
    assert "The month&#x27;s proof" in shown.partition('aria-label="Breadcrumb"')[2]


def test_another_month_and_another_town_are_not_in_it(town, editor, partner, smtp):
    a_told_item(town)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=40))
    url, day = reverse("diaspora_newsdesk:proof"), timezone.localdate()
    asked = {"municipality": town.pk, "month": f"{day:%Y-%m}", "language": "en"}
    reader = pypdf.PdfReader(io.BytesIO(editor.get(url, asked).content))
    assert "Most je otvoren" not in reader.pages[0].extract_text()
    other = a_town("drugi.example.org")
    assert editor.get(url, {**asked, "municipality": other.pk}).status_code == 422


def many(partner, edition, count):
    """Lines of this month, each a second after the other."""
    begins = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    facts = {
        "partner": partner,
        "edition": edition,
        "number": 1,
        "kind": "new",
        "way": "mail",
        "state": "sent",
    }
    Delivery.objects.bulk_create(
        Delivery(
            **facts,
            version=number + 10,
            title=f"Vijest {number:04d}",
            created_at=begins + timedelta(seconds=number),
        )
        for number in range(count)
    )


def test_a_full_month_comes_in_parts_of_which_each_is_short(town, editor, partner, smtp, monkeypatch):
    a_told_item(town)
    monkeypatch.setattr(papers, "LINES_A_PART", 40)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=70))
    many(partner, Delivery.objects.get().edition, 100)
    url, day = reverse("diaspora_newsdesk:proof"), timezone.localdate()
    asked = {"municipality": town.pk, "month": f"{day:%Y-%m}", "language": "en"}
    listed = editor.get(url, asked)
    assert listed["Content-Type"].startswith("text/html")
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="(\?[^"]*part=\d)"', listed.content.decode())
    ]
    assert len(links) == 3
    parts = [text_of(editor.get(url + link).content) for link in links]
    held = [sorted(set(re.findall(r"Vijest (\d{4})", part)), key=int) for part in parts]
    assert [len(numbers) for numbers in held] == [40, 40, 20]
    assert sum(held, []) == [f"{number:04d}" for number in range(100)]
    assert all("100" in part and "Deliveries" in part for part in parts), "each says what the month came to"
    assert "part 2 of 3" in parts[1]
    for wrong in ("0", "4", "x", ""):
        assert editor.get(url, {**asked, "part": wrong}).status_code == 404


def test_a_part_reads_no_article_and_costs_the_same_however_many_lines(
    town, partner, smtp, django_assert_num_queries
):
    a_told_item(town)
    edition, month = Delivery.objects.get().edition, timezone.localdate().replace(day=1)
    many(partner, edition, 1)
    with CaptureQueriesContext(connection) as one:
        papers.month_proof(town, month=month, language="bs")
    many_more = 30
    Delivery.objects.all().delete()
    many(partner, edition, many_more)
    with django_assert_num_queries(len(one)):
        papers.month_proof(town, month=month, language="bs")
    assert not any('"content"' in query["sql"] for query in one)
