"""What the private link opens, and what it does not."""

import re

import pytest
from django.urls import reverse

from tests.factories.registrar import FACTS, an_office, an_order
from tests.registrar.citizen import picture
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox import applicability
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import links, tokens
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.models import Order
from wagtail_diaspora.registrar.states import OrderState

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(postage_abroad_minor=850)


def sent(client, citizen):
    citizen.as_far_as_check().post(declared="on", privacy="on")
    return Order.objects.get()


def test_the_link_opens_the_case_without_a_token_in_its_address(client, citizen):
    order = sent(client, citizen)
    client.cookies.clear()
    case = links.address("case", order=order.pk)
    assert client.get(case).url == reverse("diaspora_registrar:lost_link")
    opened = client.get(links.address("open_case", token=tokens.tracking_token(order)))
    assert opened.url == case
    page = client.get(case)
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in page["Cache-Control"]
    assert opened.cookies["diaspora_case_token"]["path"] == case
    Order.objects.update(token_generation=1)
    assert client.get(case).status_code == 302


def test_a_wrong_link_is_answered_by_a_page_and_never_logged(client, office, caplog):
    response = client.get(links.address("open_case", token="abc-1.xyz"), follow=True)
    assert response.status_code == 200
    assert "abc-1.xyz" not in caplog.text


def test_lost_link_reveals_nothing(client, citizen):
    order = sent(client, citizen)
    url = reverse("diaspora_registrar:lost_link")
    right = client.post(url, {"email": "DJORDJE@example.net", "reference": order.reference.lower()})
    wrong = client.post(url, {"email": "nobody@example.net", "reference": order.reference})
    strip = lambda page: re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())  # noqa: E731
    assert strip(right) == strip(wrong)
    applies = [applicability.still_applies(row) for row in Message.objects.filter(key__contains=":link:")]
    assert sorted(applies) == [False, True]


def test_a_lost_link_that_left_stands_in_the_log_of_its_office(client, citizen):
    order = sent(client, citizen)
    url = reverse("diaspora_registrar:lost_link")
    for address in (order.email, "nobody@example.net"):
        client.post(url, {"email": address, "reference": order.reference})
    for mail in Message.objects.filter(key__contains=":link:"):
        mail.attempts = 1
        applicability.still_applies(mail)
    entry = MunicipalityLogEntry.objects.get(action="diaspora_registrar.resent")
    assert (entry.municipality, entry.object_id) == (order.municipality, str(order.pk))
    assert entry.data == {"mail": "link"} and entry.user is None


@pytest.mark.parametrize(("names", "shown"), [(["Љубица", "Boris"], ["Љ. Š.", "B. Š."]), (["Ljubica"], [])])
def test_the_link_tells_two_persons_apart_by_their_initials(client, office, names, shown):
    persons = [AskedPerson("parent", FACTS | {"forenames": name}) for name in names]
    order = an_order(office, persons=persons, language="en")
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    page = client.get(links.address("case", order=order.pk)).content.decode()
    assert re.findall(r'<h3 id="item-\d">[^<]+ · ([^<]+)</h3>', page) == shown
    assert "Šućur" not in page and not [name for name in names if name in page]


def test_confirming_needs_the_button(client, citizen):
    order = sent(client, citizen)
    url = links.address("confirm_email", token=tokens.confirm_token(order, order.email))
    client.get(url)
    assert Order.objects.get().email_confirmed_at is None
    client.post(url)
    assert Order.objects.get().email_confirmed_at is not None


def test_withdrawing_needs_the_code_from_the_mailbox(client, citizen):
    order = sent(client, citizen)
    url = links.address("withdraw", order=order.pk)
    client.post(url)
    text = Message.objects.get(key__contains=":code:").payload["text"]
    code = re.search(r"\b\d{6}\b", text).group()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert client.post(url, {"code": wrong}).status_code == 422
    assert Order.objects.get().state == OrderState.SUBMITTED
    assert client.post(url, {"code": code}).status_code == 302
    assert Order.objects.get().state == OrderState.WITHDRAWN


def test_a_message_with_a_file_comes_once(client, citizen):
    order = sent(client, citizen)
    page = client.get(links.address("case", order=order.pk)).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    for _twice in range(2):
        client.post(
            links.address("write", order=order.pk), {"key": key, "body": "Evo.", "files": [picture()]}
        )
    assert order.thread.count() == 1
    assert order.files.filter(kind="other").count() == 1
