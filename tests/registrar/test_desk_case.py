"""The case page: duplicates, what was asked beside the form, undo, failed mails, templates."""

import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories.registrar import FACTS, a_site, an_office, an_order
from tests.registrar.citizen import picture
from tests.registrar.clerk import a_clerk, do, step_url
from wagtail_diaspora import conf
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, placeholders, search, standard_messages
from wagtail_diaspora.registrar.actions import codes
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.models import MessageTemplate, OneTimeCode, Order, OrderFile
from wagtail_diaspora.registrar.states import ItemState, OrderState
from wagtail_diaspora.vault import inspection
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db
FEE = re.compile(r"5\.00\sKM")


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"))


def case_of(desk, order):
    return desk.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()


def people(**changes):
    return [AskedPerson("self", FACTS | changes)]


def test_other_open_orders_about_the_same_person_are_named(office, desk):
    order = an_order(office, persons=people(jmbg="0104962160018"))
    same_name = an_order(office, persons=people(forenames="ČEDOMIR", family_name="Sucur-Djukic"))
    married = an_order(office, persons=people(family_name="Horvat", jmbg="0104962160018"))
    stranger = an_order(office, persons=people(date_of_birth="1990-01-01"))
    elsewhere = an_order(an_office(site=a_site("other.example.org")), persons=people())
    closed = an_order(office)
    actions.withdraw(closed)
    page = case_of(desk, order)
    assert same_name.reference in page and married.reference in page
    assert not [o for o in (stranger, elsewhere, closed) if o.reference in page]
    for alone in (stranger, closed):
        assert "May be the same request" not in case_of(desk, alone)


@pytest.mark.parametrize("count", [1, 3])
def test_duplicates_cost_two_queries(office, count, django_assert_num_queries):
    order = an_order(office)
    for _number in range(count):
        an_order(office)
    with django_assert_num_queries(2):
        assert len(search.same_persons(order, limit=6)) == count


def test_a_person_without_a_birth_date_is_like_nobody(office):
    orders = [an_order(office, persons=people(date_of_birth="")) for _number in range(2)]
    assert search.same_persons(orders[0], limit=6) == []


def test_the_facts_and_pictures_stand_beside_the_form_and_the_reading_is_recorded(office, desk):
    order = an_order(office)
    kept = inspection.keep(inspection.inspect(picture()), scope=office.scope)
    row = OrderFile.objects.create(order=order, kind="identity", file=kept)
    page = desk.get(step_url(order, "found", order.items.get())).content.decode()
    assert "Šućur-Đukić" in page and "1 April 1962" in page
    assert f'<img src="{reverse("diaspora_desk:file", args=[order.pk, row.pk])}"' in page
    assert AccessLogEntry.objects.filter(action="read", object_id=str(order.pk)).count() == 1
    plain = desk.get(step_url(order, "take")).content.decode()
    assert "Šućur" not in plain
    assert AccessLogEntry.objects.filter(action="read").count() == 1


def test_a_found_record_goes_back_to_check_as_long_as_nothing_followed(office, desk):
    office.registrar_settings.payment_policy = "free"
    office.registrar_settings.save()
    order = an_order(office)
    item = order.items.get()
    page = do(desk, order, "found", item, fee_minor="5").content.decode()
    assert f"{step_url(order, 'check-again', item)}" in page and "Undo" in page
    item.refresh_from_db()
    assert item.state == ItemState.READY
    do(desk, order, "check-again", item)
    item.refresh_from_db(), order.refresh_from_db()
    assert (item.state, order.state, item.act) == (ItemState.TO_CHECK, OrderState.IN_REVIEW, {})
    do(desk, order, "found", item, fee_minor="5")
    do(desk, order, "issue", item)
    assert "not possible now" in desk.get(step_url(order, "check-again", item), follow=True).content.decode()


def test_each_document_says_whose_record_it_is(office, desk):
    one, other = people() + people(forenames="Borislav")
    page = case_of(desk, an_order(office, persons=[one, other]))
    first, _, second = page.partition('id="item-2"')
    assert "Person 1: <strong>Čedomir Šućur-Đukić" in first and "Borislav" not in first
    assert "Person 2: <strong>Borislav Šućur-Đukić" in second


def test_the_step_that_goes_on_stands_out_and_the_way_back_never(office, desk):
    office.registrar_settings.payment_policy = "free"
    office.registrar_settings.save()
    order = an_order(office)
    item = order.items.get()
    do(desk, order, "found", item, fee_minor="5")
    page = case_of(desk, order)
    assert loud(page) == [step_url(order, "issue", item)] and FEE.search(page)
    do(desk, order, "check-again", item)
    do(desk, order, "pass-on", item, to="Kozarska Dubica")
    page = case_of(desk, order)
    assert step_url(order, "check-again", item) in page and loud(page) == []
    assert not FEE.search(page)  # nothing is charged for what comes to nothing


def loud(page):
    """Addresses of the steps whose button is filled."""
    return re.findall(r'class="button button-small " href="([^"]+)"', page)


def test_a_clerk_is_called_by_name(office, desk):
    clerk = a_clerk(office)
    clerk.first_name, clerk.last_name = "Amra", "Primjer"
    clerk.save()
    order = an_order(office)
    assert "Amra Primjer" in desk.get(step_url(order, "assign")).content.decode()
    do(desk, order, "assign", assignee=clerk.pk)
    assert "Amra Primjer" in case_of(desk, order)
    queue = desk.get("/admin/diaspora/orders/").content.decode()
    assert queue.count("Amra Primjer") >= 3  # filter, bulk action, row


def test_what_was_read_is_marked_unread_again(office, desk):
    order = an_order(office)
    actions.answer(order, key=uuid.uuid4(), body="Here.")
    assert "Undo" in do(desk, order, "read").content.decode()
    do(desk, order, "unread")
    assert Order.objects.get().unread_messages == 1


def test_the_payment_is_asked_for_later_not_needed_never(office, desk):
    order = an_order(office)
    assert "Asked for when the record is found" in case_of(desk, order)
    Order.objects.update(policy={**order.policy, "payment": "free"})
    assert "Not needed" in case_of(desk, order)


def test_a_failed_mail_says_what_to_do_and_resending_is_logged(office, desk):
    order = an_order(office)
    Message.objects.update(state="failed", last_error="mailbox-unknown")
    page = case_of(desk, order)
    assert "Ask the applicant for the right address by telephone or post" in page
    Message.objects.update(last_error="unreachable")
    assert "Send it again: such a fault usually passes." in case_of(desk, order)
    mail = Message.objects.get()
    desk.post(reverse("diaspora_desk:resend", args=[order.pk, mail.pk]))
    entry = MunicipalityLogEntry.objects.get(action="diaspora_registrar.resent")
    assert entry.data == {"mail": "received"} and entry.municipality == office
    assert "Mail sent again: Order received" in case_of(desk, order)
    desk.post(reverse("diaspora_desk:resend", args=[order.pk, mail.pk]))
    assert MunicipalityLogEntry.objects.filter(action="diaspora_registrar.resent").count() == 1


def test_a_corrected_address_gets_a_link_and_is_found(office, desk):
    order = an_order(office)
    codes.send_code(order, purpose="withdraw")
    do(desk, order, "email", email="other@example.net")
    order = Order.objects.get()
    assert (order.email, order.token_generation, order.email_confirmed_at) == ("other@example.net", 1, None)
    link = Message.objects.get(key__contains=":link:")
    assert link.recipient == "other@example.net"
    assert OneTimeCode.objects.get().expires_at <= timezone.now()
    found = search.digests_for("email", "other@example.net")[0]
    assert order.digests.filter(kind="email", digest__in=found).exists()
    assert not order.digests.filter(kind="email").exclude(digest__in=found).exists()
    do(desk, order, "email", email="")
    assert Order.objects.get().email == "" and Message.objects.filter(key__contains=":link:").count() == 1
    assert "address on file" not in case_of(desk, order) and "No e-mail address" in case_of(desk, order)


def test_the_protocol_number_is_set_shown_and_logged(office, desk):
    order = an_order(office)
    page = do(desk, order, "protocol", number="03-12-55/26").content.decode()
    assert "03-12-55/26" in page and "Protocol number set" in page
    do(desk, order, "protocol", number="03-12-55/26")
    assert MunicipalityLogEntry.objects.filter(action="diaspora_registrar.protocol_number").count() == 1


@pytest.fixture
def templates(office):
    return standard_messages.add_message_templates(office)


def test_a_template_fills_in_the_facts_in_both_languages(office, desk, templates):
    order = an_order(office, language="de")
    MessageTemplate.objects.filter(code="kinship").update(
        body={"de": "Betrifft {document}, {person}, {reference}.", "en": "About {document}, {person}."}
    )
    office.document_types.update(name={"de": "Geburtsurkunde", "en": "Birth extract"})
    typed = {"version": order.version, "key": uuid.uuid4(), "template": "kinship", "body": "Guten Tag!"}
    page = desk.post(step_url(order, "ask"), {**typed, "insert": "1"})
    text = page.context["form"]["body"].value()
    named = f"Betrifft Geburtsurkunde, Čedomir Šućur-Đukić, {order.reference}."
    assert text == f"Guten Tag!\n\n{named}"
    assert "About Birth extract, Čedomir Šućur-Đukić." in page.content.decode()
    assert not order.thread.exists() and page.context["form"]["key"].value() == str(typed["key"])
    desk.post(step_url(order, "ask"), {**typed, "body": text})
    assert order.thread.get().body == text


def test_a_reason_may_come_from_a_template(office, desk, templates):
    order = an_order(office)
    item = order.items.get()
    typed = {"version": order.version, "template": "record-not-here", "explanation": ""}
    page = desk.post(step_url(order, "not-found", item), {**typed, "insert": "1"})
    text = page.context["form"]["explanation"].value()
    assert "Šućur-Đukić" in text
    do(desk, order, "not-found", item, template="record-not-here", explanation=text)
    item.refresh_from_db()
    assert item.outcome == text


def test_templates_of_another_office_are_not_offered(office, desk):
    other = an_office(site=a_site("other.example.org"))
    standard_messages.add_message_templates(other)
    order = an_order(office)
    assert "template" not in desk.get(step_url(order, "ask")).context["form"].fields
    typed = {"version": order.version, "key": uuid.uuid4(), "template": "better-scan", "insert": "1"}
    assert desk.post(step_url(order, "ask"), typed).context["form"]["body"].value() == ""


def test_the_shipped_templates_are_right_and_added_once(office, templates):
    assert len(templates) == 6 and standard_messages.add_message_templates(office) == []
    for template in templates:
        template.full_clean()


@pytest.mark.parametrize("body", ["Dear {name}!", "{reference", "reference}", "{}"])
def test_an_unknown_place_is_refused_with_those_that_there_are(office, body, english):
    template = MessageTemplate(municipality=office, code="x", name={"bs": "X"}, body={"bs": body})
    with pytest.raises(ValidationError) as refused:
        template.full_clean()
    assert "{reference} {person} {document} {amount} {date}" in str(refused.value)


def test_a_date_with_a_full_stop_ends_the_sentence():
    facts = {"date": "24. januara 2027.", "person": "Ana"}
    assert placeholders.fill("Do {date}. {person}. {x}.", facts) == "Do 24. januara 2027. Ana. {x}."


def test_the_head_of_office_edits_templates_and_a_clerk_does_not(office, client, templates):
    row = templates[0]
    url = reverse("diaspora_message_template:edit", args=[row.pk])
    client.force_login(a_clerk(office))
    assert client.get(url).status_code in (302, 403, 404)
    client.force_login(a_clerk(office, "diaspora_registrar.change_messagetemplate"))
    names, bodies = ([f"{field}_{code}" for code in conf.LANGUAGES] for field in ("name", "body"))
    typed = {"code": row.code, "sort_order": "1", "active": "on", "municipality": office.pk}
    typed |= dict.fromkeys(names, "Slika")
    page = client.post(url, typed | dict.fromkeys(bodies, "{nonsense}")).content.decode()
    assert "there is no {nonsense}." in page and "{reference}" in page
    client.post(url, typed | dict.fromkeys(bodies, "Molimo sliku, {reference}."))
    row.refresh_from_db()
    assert set(row.body.values()) == {"Molimo sliku, {reference}."}
