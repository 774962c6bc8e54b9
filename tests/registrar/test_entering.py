"""Orders that came by letter, e-mail, telephone or at the counter."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.denial.test_denial import picture
from tests.factories.registrar import a_site, an_office, an_order
from tests.registrar.test_desk import CLERK, QUEUE, a_clerk, do
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, exporting, offer
from wagtail_diaspora.registrar.actions import codes
from wagtail_diaspora.registrar.models import Order, OrderFile
from wagtail_diaspora.registrar.states import OrderState, PaymentState
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db
ENTER = "/admin/diaspora/orders/enter/"
ADD = "diaspora_registrar.add_order"


@pytest.fixture
def office():
    return an_office(
        site=a_site("primjer.example.org"), postage_abroad_minor=850, notice_email="o@example.org"
    )


@pytest.fixture
def desk(office, client):
    client.force_login(a_clerk(office, *CLERK, ADD))
    return client


def letter(**changes):
    """A letter from Malmö, by which a man asks for his own birth extract."""
    typed = {
        "key": str(uuid.uuid4()),
        "count": "1",
        "asked": "0:birth",
        "arrival-channel": "post",
        "arrival-received_on": in_words(timezone.localdate() - timedelta(days=3)),
        "arrival-protocol_number": "03-12-55/26",
        "arrival-language": "de",
        "item-0-type": "birth",
        "item-0-language": "bs",
        "item-0-copies": "2",
        "item-0-person": "0",
        "person-0-relation": "self",
        "person-0-family_name": "Šućur",
        "person-0-forenames": "Čedomir",
        "person-0-date_of_birth": "1.4.1962.",
        "applicant-country": "SE",
        "applicant-purpose": "pension",
        "delivery-method": "post",
        "delivery-lines": "Storgatan 1",
        "delivery-postcode": "211 42",
        "delivery-city": "Malmö",
        "do": "enter",
    }
    return typed | changes


def in_words(day):
    return f"{day.day}.{day.month}.{day.year}."


def test_a_letter_becomes_an_order(office, desk):
    response = desk.post(ENTER, letter(), follow=True)
    order = Order.objects.get()
    assert response.redirect_chain[-1][0] == reverse("diaspora_desk:case", args=[order.pk])
    assert (order.channel, order.country, order.language) == ("post", "SE", "de")
    assert order.protocol_number == "03-12-55/26" and order.email == ""
    assert order.applicant["family_name"] == "Šućur"
    assert order.address == {
        "name": "Čedomir Šućur",
        "lines": "Storgatan 1",
        "postcode": "211 42",
        "city": "Malmö",
        "country": "SE",
    }
    item = order.items.get()
    assert (item.copies, item.language, item.person.relation) == (2, "bs", "self")
    assert item.person.facts["date_of_birth"] == "1962-04-01"
    received = timezone.localdate() - timedelta(days=3)
    assert timezone.localdate(order.submitted_at) == received
    types = offer.offer_of(office.registrar_settings)
    assert order.due_on == types.due_on([types.get("birth")], received=received)


def test_who_entered_it_and_by_which_way_stands_in_the_history(office, desk):
    page = desk.post(ENTER, letter(), follow=True).content.decode()
    entry = MunicipalityLogEntry.objects.get(action="diaspora_registrar.received")
    assert entry.user.username in page and "Order received: Letter" in page
    assert entry.data == {"channel": "post"}


def test_without_e_mail_no_mail_is_written_and_the_case_says_what_to_tell(office, desk):
    page = desk.post(ENTER, letter(), follow=True).content.decode()
    order = Order.objects.get()
    assert "Tell the applicant by telephone or post" in page and "Order received" in page
    do(desk, order, "not-found", order.items.get(), explanation="It is not in our registers.")
    assert not Message.objects.exists()
    page = do(desk, order, "told").content.decode()
    assert "Tell the applicant by telephone or post" not in page
    assert "There is no e-mail address" not in page


def test_every_mail_of_an_order_without_e_mail_is_left_unwritten(office, desk):
    order = an_order(office, email="")
    Message.objects.all().delete()
    clerk = a_clerk(office)
    actions.ask_applicant(order, user=clerk, key=uuid.uuid4(), body="Which parish?")
    actions.revoke_links(order, user=clerk)
    with pytest.raises(TransitionNotAllowed):
        codes.send_code(order, purpose="withdraw")
    Order.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    actions.closing.remind_waiting()
    actions.closing.expire_unanswered()
    order.refresh_from_db()
    assert order.state == OrderState.EXPIRED
    assert not Message.objects.exists()


def test_with_e_mail_the_applicant_gets_the_link_and_the_office_no_notice(office, desk):
    desk.post(ENTER, letter(**{"applicant-email": "Cedo@example.net"}))
    order = Order.objects.get()
    mail = Message.objects.get()
    assert mail.recipient == "Cedo@example.net" and mail.key.endswith(":received:")
    assert "/diaspora/open/" in mail.payload["text"] and order.email_confirmed_at is None


def test_the_same_form_sent_twice_is_one_order(office, desk):
    typed = letter()
    urls = {desk.post(ENTER, typed).url for _time in range(2)}
    assert len(urls) == 1 and Order.objects.count() == 1
    desk.post(ENTER, letter())
    assert Order.objects.count() == 2


def test_a_page_filled_again_for_the_next_letter_is_not_taken_for_the_first(office, desk):
    first = letter()
    desk.post(ENTER, first)
    second = first | {"person-0-family_name": "Horvat", "person-0-forenames": "Mara"}
    page = desk.post(ENTER, second)
    told = page.content.decode()
    assert page.status_code == 200 and Order.objects.get().reference in told and "Horvat" in told
    desk.post(ENTER, second | {"key": str(page.context["key"])})
    assert Order.objects.count() == 2


def test_first_the_documents_then_the_questions_about_them(office, desk):
    page = desk.get(ENTER).content.decode()
    assert "item-0-type" in page and "person-0-family_name" not in page
    begun = {name: value for name, value in letter().items() if name.startswith(("arrival", "item", "count"))}
    page = desk.post(ENTER, {**begun, "do": "continue"}).content.decode()
    assert "person-0-family_name" in page and "errorlist" not in page and not Order.objects.exists()
    response = desk.post(ENTER, {**begun, "item-0-copies": "0", "do": "continue"})
    assert response.status_code == 422 and "person-0-family_name" not in response.content.decode()


def test_a_document_added_after_the_questions_asks_again_and_keeps_what_was_typed(office, desk):
    typed = letter(**{"item-1-type": "citizenship", "item-1-language": "bs", "item-1-copies": "1"})
    typed |= {"item-1-person": "1", "count": "2"}
    page = desk.post(ENTER, typed).content.decode()
    assert not Order.objects.exists()
    assert 'value="Šućur"' in page and "person-1-family_name" in page
    typed |= {"asked": "0:birth 1:citizenship", "person-1-relation": "parent"}
    typed |= {"person-1-family_name": "Šućur", "person-1-forenames": "Ana"}
    desk.post(ENTER, typed)
    order = Order.objects.get()
    assert [item.person.facts["forenames"] for item in order.items.all()] == ["Čedomir", "Ana"]


def test_documents_are_added_and_taken_out_again(office, desk):
    typed = letter(**{"item-1-type": "citizenship", "item-1-person": "1", "count": "2"})
    page = desk.post(ENTER, {**typed, "do": "add"}).context["page"]
    assert page.count == 3 and page.asked == "0:birth 1:citizenship"
    page = desk.post(ENTER, {**typed, "do": "remove-0"}).context["page"]
    assert page.count == 1 and page.asked == "1:citizenship"
    for nonsense in ("remove-9", "remove-x", "remove-", "fly"):
        assert desk.post(ENTER, {**typed, "do": nonsense}).context["page"].count == 2
    assert desk.post(ENTER, {**typed, "count": "99999", "do": "add"}).context["page"].count <= 20


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"person-0-family_name": ""}, "Family name"),
        ({"person-0-relation": "proxy"}, "Write who asks"),
        ({"applicant-forenames": "Ana"}, "Write both names"),
        ({"applicant-email": "nobody"}, "E-mail address"),
        ({"arrival-received_on": "1. 1. 2999."}, "in the future"),
        ({"arrival-received_on": "1. 1. 1999."}, "more than a year back"),
        ({"arrival-channel": "web"}, "How did it come?"),
        ({"delivery-lines": ""}, "The post needs this"),
        ({"item-0-language": "xx"}, "Language and script"),
        ({"person-0-jmbg": "0104962160013"}, "JMBG"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, desk, changes, said):
    response = desk.post(ENTER, letter(**changes))
    page = response.content.decode()
    assert response.status_code == 422 and said in page
    assert 'value="Malmö"' in page and "Something is missing or wrong" in page
    assert not Order.objects.exists()


def test_a_number_that_disagrees_is_questioned_once(office, desk):
    typed = letter(**{"person-0-jmbg": "0104962160018", "person-0-date_of_birth": "2.4.1962."})
    response = desk.post(ENTER, typed)
    assert response.status_code == 422 and not Order.objects.exists()
    seen = response.context["page"].persons[0]["doubts_seen"].value()
    desk.post(ENTER, typed | {"person-0-doubts_seen": seen})
    assert Order.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(office, desk, count, django_assert_max_num_queries):
    typed = letter(count=str(count), do="continue")
    for number in range(1, count):
        typed |= {name.replace("-0-", f"-{number}-"): typed[name] for name in letter() if "-0-" in name}
        typed[f"item-{number}-person"] = str(number)
    desk.post(ENTER, typed)
    with django_assert_max_num_queries(11):
        page = desk.post(ENTER, typed)
    assert len(page.context["page"].persons) == count


def test_scans_are_inspected_and_their_reading_is_recorded(office, desk):
    desk.post(ENTER, letter(**{"scans-identity": picture(), "scans-signed_request": picture()}))
    order = Order.objects.get()
    assert sorted(order.files.values_list("kind", "from_applicant")) == [
        ("identity", False),
        ("signed_request", False),
    ]
    row = order.files.first()
    assert desk.get(reverse("diaspora_desk:file", args=[order.pk, row.pk])).status_code == 200
    assert AccessLogEntry.objects.filter(action="downloaded", object_id=str(row.pk)).count() == 1


def test_a_scan_that_is_refused_keeps_the_form(office, desk):
    bad = SimpleUploadedFile("a.jpg", b"MZ this is a program")
    page = desk.post(ENTER, letter(**{"scans-other": bad})).content.decode()
    assert "a.jpg" in page and "Choose the scans again" in page and 'value="Malmö"' in page
    assert not Order.objects.exists() and not OrderFile.objects.exists()


def test_who_pays_first_has_to_pay_what_the_policy_says(client):
    office = an_office(site=a_site("first.example.org"), payment_policy="pay_first", postage_abroad_minor=850)
    client.force_login(a_clerk(office, *CLERK, ADD))
    client.post(ENTER, letter())
    order = Order.objects.get()
    assert (order.payment_state, order.amount_minor) == (PaymentState.DUE, 2 * 500 + 850)


@pytest.mark.parametrize("who", ["editor", "clerk who may not add", "another office's clerk", "nobody"])
def test_others_enter_nothing_here(office, client, who):
    other = an_office(site=a_site("other.example.org"))
    if who == "editor":
        client.force_login(a_clerk(office, "wagtailcore.change_page"))
    elif who == "clerk who may not add":
        client.force_login(a_clerk(office))
    elif who == "another office's clerk":
        client.force_login(a_clerk(other, *CLERK, ADD))
    url = f"{ENTER}?municipality={office.pk}"
    for response in (client.get(url), client.post(url, letter())):
        assert response.status_code in (302, 403, 200)
        assert "item-0-type" not in response.content.decode()
    assert not Order.objects.exists()


def test_whoever_works_for_two_offices_chooses_one(office, desk, client):
    other = an_office(site=a_site("other.example.org"))
    user = a_clerk(office, *CLERK, ADD)
    user.groups.add(a_clerk(other, *CLERK, ADD).groups.get())
    client.force_login(user)
    assert f"?municipality={other.pk}" in client.get(ENTER).content.decode()
    client.post(f"{ENTER}?municipality={other.pk}", letter())
    assert Order.objects.get().municipality == other


def test_an_answer_by_letter_ends_the_waiting(office, desk):
    order = an_order(office, email="")
    do(desk, order, "ask", key=uuid.uuid4(), body="Which parish?")
    order.refresh_from_db()
    assert order.state == OrderState.WAITING
    page = do(desk, order, "answer", key=uuid.uuid4(), body="Ljubija, he says.").content.decode()
    order.refresh_from_db()
    assert order.state == OrderState.IN_REVIEW and order.unread_messages == 0
    assert "entered by" in page


def test_only_names_are_required(office, desk):
    """Of a short letter from the country itself; the rest is asked for later."""
    office.accounts.create(use="home", number="555-HOME", recipient="Grad")
    office.accounts.create(use="abroad", number="555-ABROAD", recipient="Grad")
    typed = letter(**{"applicant-country": "", "applicant-purpose": "", "person-0-date_of_birth": ""})
    page = desk.post(ENTER, typed, follow=True)
    order = Order.objects.get()
    assert page.status_code == 200 and "Storgatan 1" in page.content.decode()
    assert (order.country, order.applicant["country"], order.applicant["purpose"]) == ("", "", "")
    assert order.address["country"] == ""
    assert [account.number for account in order.accounts] == ["555-HOME"]
    do(desk, order, "found", order.items.get(), fee_minor="10")
    order.refresh_from_db()
    assert order.amount_minor == 1000
    for kind in ("receipt", "request", "letter", "sheet"):
        url = reverse("diaspora_desk:paper", args=[order.pk, kind])
        paper = desk.get(url, {"item": order.items.get().pk} if kind == "sheet" else {})
        assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert order in desk.get(QUEUE).context["rows"]
    assert order not in desk.get(QUEUE, {"country": "SE"}).context["rows"]
    assert exporting.export(order)


def test_an_unknown_purpose_or_country_is_refused(office, desk):
    for changes in ({"applicant-country": "QQ"}, {"applicant-purpose": "fun"}):
        assert desk.post(ENTER, letter(**changes)).status_code == 422
    assert not Order.objects.exists()
