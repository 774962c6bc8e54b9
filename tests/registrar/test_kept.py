"""What a process keeps between requests: right after every change, and nobody's own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.factories.registrar import a_site, an_office, an_order
from tests.registrar.applicant import Applicant
from wagtail_diaspora import dates, keeping
from wagtail_diaspora.municipalities.calendar import calendar_of
from wagtail_diaspora.municipalities.models import Closure, Municipality
from wagtail_diaspora.registrar import links, offices
from wagtail_diaspora.registrar.models import Order, RegistrarPage, RegistrarSettings

pytestmark = pytest.mark.django_db
HOST = "primjer.example.org"


@pytest.fixture
def office():
    return an_office(site=a_site(HOST), postage_abroad_minor=850)


@pytest.fixture
def page(office):
    page = RegistrarPage(title="Matičar", slug="maticar", introduction="<p>Naše riječi</p>")
    return office.site.root_page.add_child(instance=page)


@pytest.fixture
def shown(client, page):
    """The page as somebody reads it, who has read it before."""

    def show(path="/maticar/", host=HOST, **query):
        return client.get(path, {"language": "en", **query}, headers={"host": host}).content.decode()

    show()
    return show


def test_prices_and_documents_of_today(office, shown):
    kind = office.document_types.get(code="birth")
    kind.fee_minor = 4321
    kind.save()
    assert "43,21" in shown() or "43.21" in shown()
    assert shown().count("/diaspora/blank/") == 8
    kind.delete()
    assert shown().count("/diaspora/blank/") == 7


def test_a_closure_that_begins_and_one_that_is_called_off(office, shown):
    today = timezone.localdate()
    closure = Closure.objects.create(
        municipality=office, first_day=today, last_day=today, takes_orders=False, reason={"en": "Moving"}
    )
    assert "Moving" in shown() and "/order/new/" not in shown()
    closure.delete()
    assert "Moving" not in shown() and "/order/new/" in shown()


def test_what_the_settings_and_the_office_say(office, shown):
    settings = RegistrarSettings.objects.get()
    settings.payment_policy = "pay_first"
    settings.save()
    assert "You pay before a clerk looks" in shown()
    again = Municipality.objects.get()
    again.email = "new@example.org"
    again.save()
    assert "new@example.org" in shown() and "maticar@example.org" not in shown()


def test_settings_that_were_read_long_ago_are_seen_too(office, shown):
    """They write an old version back, which this process knows."""
    old = RegistrarSettings.objects.get()
    kind = office.document_types.get(code="birth")
    kind.fee_minor = 4321
    kind.save()
    assert "4321" in shown().replace(",", "").replace(".", "")
    old.identity_required = False
    old.save()
    assert "A picture or scan of your passport" not in shown()
    assert "4321" in shown().replace(",", "").replace(".", "")


def test_rows_that_change_behind_djangos_back_are_seen_within_a_minute(shown, monkeypatch):
    RegistrarSettings.objects.update(payment_policy="pay_first")
    assert "You pay before a clerk looks" not in shown()
    monkeypatch.setattr(keeping, "KEPT_SECONDS", 1e-6)
    assert keeping.this_minute() != keeping.this_minute()
    assert "You pay before a clerk looks" in shown()


def test_the_day_turns(office, shown, monkeypatch):
    today = timezone.localdate()
    assert dates.in_sentence(today + timedelta(days=30), "en") not in shown()
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today + timedelta(days=30))
    days = min(office.document_types.values_list("working_days", flat=True))
    assert (
        dates.in_sentence(calendar_of(office).add_working_days(timezone.localdate(), days), "en") in shown()
    )


def test_words_that_are_published_and_words_that_are_previewed(page, shown):
    page.introduction = "<p>Draft words</p>"
    revision = page.save_revision()
    preview = page.get_latest_revision_as_object().make_preview_request().content.decode()
    assert "Draft words" in preview
    own = shown(language="bs")
    assert "Naše riječi" in own and "Draft words" not in own
    revision.publish()
    assert "Draft words" in shown(language="bs")


def test_a_link_in_the_offices_words_follows_its_page(office, page, shown):
    other = office.site.root_page.add_child(instance=Page(title="Other", slug="other"))
    page.introduction = f'<p><a linktype="page" id="{other.pk}">there</a></p>'
    page.save()
    assert '/other/">there' in shown(language="bs")
    other.slug = "elsewhere"
    other.save()
    assert '/elsewhere/">there' in shown(language="bs")


def test_each_language_and_each_website_has_its_own(office, page, shown):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    other = Site.objects.create(hostname="other.example.org", root_page=root)
    an_office(site=other, postage_abroad_minor=1234)
    page.create_alias(parent=root)
    for _turn in range(2):
        assert "What you can order" in shown() and "Was Sie bestellen können" in shown(language="de")
        assert "8.50" in shown() and "12.34" not in shown()
        theirs = shown(host="other.example.org")
        assert "12.34" in theirs and "8.50" not in theirs


def test_a_locale_that_gets_another_code(page, shown):
    assert "Naše riječi" in shown(language="bs")
    locale = Locale.objects.get(pk=page.locale_id)
    locale.language_code = "de"
    locale.save()
    assert "Naše riječi" not in shown(language="bs")


def test_nothing_of_one_visitor_reaches_the_next(page, shown):
    assert "mark=1" in shown(mark="1")
    assert "mark=1" not in shown()
    stranger = Client().get("/maticar/?language=en", headers={"host": HOST}).content.decode()
    assert "mark=1" not in stranger and "csrf" not in stranger


def test_what_an_applicant_typed_is_not_kept(client, office):
    """The form of the case page is written once; what somebody wrote in it, and their address, never."""
    first, second = (Applicant(Client(), an_order(office, language="en")) for _ in range(2))
    empty = second.get("case")
    refused = first.post("write", {"key": "", "body": "x" * 4001}).content.decode()
    assert "xxx" in refused and str(first.order.pk) in refused
    again = second.get("case")
    assert "xxx" not in again and str(first.order.pk) not in again and "Error" not in again
    assert f'formaction="/diaspora/case/{second.order.pk}/message/?language=de"' in again
    assert keys(empty) != keys(again)


def keys(html):
    """What makes a form that comes twice one message."""
    return [part.partition('"')[0] for part in html.split('name="key" value="')[1:]]


def test_the_empty_form_is_guarded_by_the_visitors_own_token(office):
    """Each time another mask of the secret in their cookie, as Django writes it."""
    visitors = [
        Applicant(Client(enforce_csrf_checks=True), an_order(office, language="en")) for _ in range(2)
    ]
    pages = [visitor.get("case") for visitor in visitors for _turn in range(2)]
    tokens = [page.split('name="csrfmiddlewaretoken" value="')[1].partition('"')[0] for page in pages]
    assert len(set(tokens)) == 4
    written = {"key": keys(pages[0])[0], "body": "Hvala"}
    answers = [visitors[0].post("write", written | {"csrfmiddlewaretoken": token}) for token in tokens]
    assert [answer.status_code for answer in answers] == [302, 302, 403, 403]


def test_the_empty_form_speaks_the_language_of_the_page(client, office):
    applicant = Applicant(client, an_order(office, language="en"))
    for _turn in range(2):
        assert "Your message" in applicant.get("case")
        german = client.get(applicant.url("case") + "?language=de").content.decode()
        assert "Ihre Nachricht" in german and "Your message" not in german
        client.get(applicant.url("case") + "?language=en")


def test_the_office_of_an_order(office):
    """Its mails and pages have what was saved last, also of the Site, of which the office is no part."""
    key = an_order(office).pk
    assert offices.find(Order, key).municipality.root_url == f"http://{HOST}"
    office.site.hostname = "maticar.example.org"
    office.site.save()
    office.registrar_settings.identity_required = False
    office.registrar_settings.save()
    found = offices.find(Order, key).municipality
    assert found.root_url == "http://maticar.example.org"
    assert not found.registrar_settings.identity_required
    office.name = {"bs": "Grad Drugi"}
    office.save()
    assert str(offices.find(Order, key).municipality) == "Grad Drugi"


def test_addresses_are_kept_without_what_is_one_visitors(office):
    orders = [an_order(office) for _ in range(2)]
    addresses = [(links.address("case", order=order.pk), links.tracking(order)) for order in orders]
    known = links._path.cache_info().currsize
    third = an_order(office)
    case, link = links.address("case", order=third.pk), links.tracking(third)
    assert links._path.cache_info().currsize == known
    assert str(third.pk) in case and case not in dict(addresses) and link not in dict(addresses).values()
