import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from tests.factories.registrar import APPLICANT, FACTS, a_site, an_office, an_order
from tests.registrar.clerk import CLERK, QUEUE, a_clerk, do, step_url
from wagtail_diaspora.dates import in_words
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.desk import case as desk_case
from wagtail_diaspora.registrar.models import Order
from wagtail_diaspora.registrar.states import ItemState, OrderState, PaymentState
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"), postage_abroad_minor=850)


def test_the_queue_shows_the_office_its_orders_by_due_date(office, desk):
    late, early = an_order(office), an_order(office)
    Order.objects.filter(pk=early.pk).update(due_on="2026-01-02")
    other = an_order(an_office(site=a_site("other.example.org")))
    page = desk.get(QUEUE).content.decode()
    assert page.index(early.reference) < page.index(late.reference)
    assert other.reference not in page
    assert "overdue" in page and "2 orders" in page
    assert "Šućur" not in page


def test_pages_of_the_queue_begin_after_a_row(office, desk, monkeypatch):
    monkeypatch.setattr("wagtail_diaspora.registrar.desk.queue.PAGE_SIZE", 2)
    orders = sorted((an_order(office) for _number in range(5)), key=lambda order: order.pk)
    seen, url = [], QUEUE
    while url:
        page = desk.get(url)
        seen += [row.pk for row in page.context["rows"]]
        url = page.context["later"] and QUEUE + page.context["later"]
    assert seen == [order.pk for order in orders]
    back = desk.get(QUEUE + page.context["earlier"])
    assert [row.pk for row in back.context["rows"]] == [order.pk for order in orders[2:4]]


def test_a_search_leaves_only_digests_in_the_address(office, desk):
    found = an_order(office)
    stranger = {**FACTS, "family_name": "Petrović", "father_name": "", "mother_name": ""}
    an_order(office, persons=[AskedPerson("self", stranger)], applicant={**APPLICANT, "family_name": "P"})
    for typed in ("Šućur-Đukić", "ЧЕДОМИР шућур", "sucur djukic"):
        response = desk.post(QUEUE, {"kind": "name", "words": typed}, follow=True)
        url = response.redirect_chain[-1][0]
        assert "ucur" not in url.lower() and "digests=" in url
        assert response.context["rows"] == [found], typed
    assert desk.post(QUEUE, {"kind": "name", "words": "Šuću"}, follow=True).context["rows"] == []
    assert AccessLogEntry.objects.filter(action="searched").count() == 4


def test_a_broken_search_address_finds_nothing(office, desk):
    an_order(office)
    for digests in ("zz", "00", ""):
        assert desk.get(QUEUE, {"digests": digests, "kind": "name"}).context["count"] == 0


def test_a_reference_is_found_as_people_type_it_and_only_here(office, desk):
    order = an_order(office)
    response = desk.post(QUEUE, {"kind": "reference", "words": order.reference.lower()})
    assert response.url == reverse("diaspora_desk:case", args=[order.pk])
    other = an_order(an_office(site=a_site("other.example.org")))
    response = desk.post(QUEUE, {"kind": "reference", "words": other.reference}, follow=True)
    assert "There is no order with this reference here" in response.content.decode()


def test_filters_narrow_the_queue(office, desk):
    order = an_order(office, types=("citizenship",))
    birth = office.document_types.get(code="birth")
    assert desk.get(QUEUE, {"document": birth.pk}).context["count"] == 0
    for query in ({"assignee": "nobody"}, {"state": "new"}, {"state": "all"}):
        assert desk.get(QUEUE, query).context["rows"] == [order]
    for query in ({"assignee": "me"}, {"state": "closed"}, {"due": "overdue"}, {"state": "answered"}):
        assert desk.get(QUEUE, query).context["rows"] == []
    assert desk.get(QUEUE, {"state": "nonsense"}).context["rows"] == [order]


def test_the_case_shows_what_the_clerk_compares_and_records_the_reading(office, desk):
    facts = FACTS | {"jmbg": "0104962160014"}
    order = an_order(office, persons=[AskedPerson("self", facts)])
    page = desk.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    born = in_words(date(1962, 4, 1), "en")
    for word in ("Šućur-Đukić", "0104962160014", born, "Königstraße 1", "applicant@example.net"):
        assert word in page
    entry = AccessLogEntry.objects.get(action="read")
    assert (entry.object_id, entry.scope) == (str(order.pk), office.scope)


def test_nothing_is_shown_when_the_reading_cannot_be_recorded(office, desk, monkeypatch):
    order = an_order(office)

    def fail(*args, **kwargs):
        raise RuntimeError("the access log is full")

    monkeypatch.setattr(AccessLogEntry.objects, "create", fail)
    desk.raise_request_exception = False
    response = desk.get(reverse("diaspora_desk:case", args=[order.pk]))
    assert response.status_code == 500 and "Šućur" not in response.content.decode()


def test_an_order_from_check_to_delivery(office, desk):
    order = an_order(office, types=("birth", "citizenship"))
    first, second = order.items.all()
    case = reverse("diaspora_desk:case", args=[order.pk])
    assert "Record found" in desk.get(case).content.decode()
    do(
        desk,
        order,
        "found",
        first,
        number="12",
        book="MKR Ljubija, 1962, 44",
        office="Ljubija",
        fee_minor="5",
    )
    do(desk, order, "pass-on", second, to="Kozarska Dubica")
    order.refresh_from_db()
    assert (order.state, order.payment_state, order.amount_minor) == (
        OrderState.WAITING,
        PaymentState.DUE,
        500 + 850,
    )
    do(desk, order, "payment", amount_minor="13,50", received_on="1.4.2026.", document_number="Izvod 55")
    do(desk, order, "issue", first, blank_number="AB 123")
    page = do(desk, order, "dispatch", items=[first.pk], tracking_number="RR123456789BA").content.decode()
    assert "RR123456789BA" in page and "AB 123" in page and in_words(date(2026, 4, 1), "en") in page
    do(desk, order, "delivered", first)
    order.refresh_from_db()
    assert order.state == OrderState.COMPLETED
    logged = list(MunicipalityLogEntry.objects.order_by("timestamp").values_list("action", flat=True))
    acts = ("received", "found", "passed_on", "payment_received", "issued", "dispatched", "delivered")
    logged = [action.removeprefix("diaspora_registrar.") for action in logged]
    assert [action for action in logged if action not in ("state", "payment_due")] == list(acts)


def test_only_what_the_states_allow_is_offered(office, desk):
    order = an_order(office)
    item = order.items.get()
    page = desk.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    offered = set(re.findall(r"/do/([a-z-]+)/", page))
    assert {"found", "not-found", "pass-on", "refuse", "take", "ask", "note"} <= offered
    assert not offered & {"issue", "dispatch", "payment", "refund", "erase", "delivered"}
    response = desk.get(step_url(order, "issue", item), follow=True)
    assert "not possible now" in response.content.decode()
    do(desk, order, "issue", item)
    item.refresh_from_db()
    assert item.state == ItemState.TO_CHECK


def test_the_second_of_two_clerks_is_told_and_keeps_what_was_typed(office, desk):
    order = an_order(office)
    item = order.items.get()
    seen = order.version
    do(desk, order, "note", key=uuid.uuid4(), body="First")
    typed = {"version": seen, "key": uuid.uuid4(), "body": "Please send a better picture."}
    response = desk.post(step_url(order, "ask"), typed)
    page = response.content.decode()
    assert response.status_code == 200 and "Please send a better picture." in page
    assert not order.thread.exists()
    again = {**typed, "version": response.context["form"]["version"].value()}
    desk.post(step_url(order, "ask"), again)
    assert order.thread.get().body == "Please send a better picture."

    stale = {"version": seen, "explanation": "Not in our books"}
    desk.post(step_url(order, "not-found", item), stale)
    item.refresh_from_db()
    assert item.state == ItemState.TO_CHECK


def test_a_form_sent_twice_writes_once(office, desk):
    order, key = an_order(office), uuid.uuid4()
    for _time in range(2):
        do(desk, order, "write", key=key, body="We received your letter.")
    assert order.thread.count() == 1
    assert Message.objects.labelled(order.subject_key).filter(key__contains=":message:").count() == 1


def test_errors_stay_on_the_page_with_what_was_typed(office, desk):
    order = an_order(office)
    response = do(desk, order, "found", order.items.get(), number="12", fee_minor="minus one")
    page = response.content.decode()
    assert 'value="12"' in page and "error-message" in page


@pytest.mark.parametrize("kind", ["another municipality's clerk", "editor", "reader", "nobody"])
def test_others_see_and_do_nothing(office, client, kind):
    order = an_order(office)
    if kind == "another municipality's clerk":
        client.force_login(a_clerk(an_office(site=a_site("other.example.org"))))
    elif kind == "editor":
        client.force_login(a_clerk(office, "wagtailcore.change_page"))
    elif kind == "reader":
        client.force_login(a_clerk(office, "diaspora_registrar.view_order"))
    case = client.get(reverse("diaspora_desk:case", args=[order.pk]))
    assert (case.status_code == 200) == (kind == "reader")
    assert (order.reference in case.content.decode()) == (kind == "reader")
    before = Order.objects.values().get(pk=order.pk)
    response = client.post(step_url(order, "take"), {"version": order.version})
    assert response.status_code in (302, 403, 404)
    assert Order.objects.values().get(pk=order.pk) == before


def test_erasing_asks_for_its_own_permission(office, client):
    order = an_order(office)
    Order.objects.filter(pk=order.pk).update(
        state=OrderState.WITHDRAWN, closed_at=timezone.now(), erase_on=None
    )
    client.force_login(a_clerk(office))
    client.post(step_url(order, "erase"), {"version": order.version})
    assert Order.objects.get(pk=order.pk).applicant
    client.force_login(a_clerk(office, *CLERK, "diaspora_registrar.erase_order"))
    do(client, order, "erase")
    assert not Order.objects.get(pk=order.pk).applicant
    page = client.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    assert "was erased on" in page and "Šućur" not in page


def test_the_home_page_says_what_waits(office, desk):
    order = an_order(office)
    Message.objects.update(state="failed", last_error="mailbox-unknown")
    page = desk.get("/admin/").content.decode()
    assert "Orders (1)" in page
    assert "The mailbox does not exist." in page and order.reference in page
    assert "diaspora_tick" in page
    desk.post(
        reverse("diaspora_desk:resend", args=[order.pk, Message.objects.labelled(order.subject_key)[0].pk])
    )
    assert Message.objects.filter(state="waiting").count() >= 1


def test_an_editor_has_neither_menu_item_nor_panel(office, client):
    an_order(office)
    client.force_login(a_clerk(office, "wagtailcore.change_page"))
    page = client.get("/admin/").content.decode()
    assert "diaspora-desk" not in page and "diaspora/orders" not in page


def test_history_shows_the_acts_with_their_names(office, desk):
    order = an_order(office)
    actions.take(order, user=a_clerk(office), version=order.version)
    page = desk.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    assert "Order assigned" in page and "Order received" in page


def test_what_fails_at_the_desk_is_reported_without_personal_data(office, desk, monkeypatch, caplog):
    order = an_order(office)
    monkeypatch.setattr(desk_case, "delivery_rows", None)
    desk.raise_request_exception = False
    assert desk.get(reverse("diaspora_desk:case", args=[order.pk])).status_code == 500
    failed = next(record for record in caplog.records if record.exc_info)
    reporter = ExceptionReporter(failed.request, *failed.exc_info)
    report = reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "TypeError" in report
    personal = {*FACTS.values(), *APPLICANT.values(), "Königstraße", "applicant@example.net"}
    assert not [word for word in personal if len(word) > 2 and word in report]
