"""The forms on the page of an order: what is accepted is kept, what is refused is said."""

import re
from copy import deepcopy
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from tests.factories.registrar import an_office, an_order
from tests.registrar.citizen import Citizen, picture
from tests.registrar.clerk import a_clerk
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, links, sentences, tokens
from wagtail_diaspora.registrar.actions import drafts
from wagtail_diaspora.registrar.models import Draft, Order
from wagtail_diaspora.registrar.sentences import SENTENCES, reading
from wagtail_diaspora.registrar.states import PaymentState

pytestmark = pytest.mark.django_db


def bad(name="slip.jpg"):
    file = BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    file.name = name
    return file


def opened(client, **settings):
    order = an_order(an_office(**settings), language="en")
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    return order


def page(client, order, name="case"):
    return client.get(links.address(name, order=order.pk)).content.decode()


def key_in(html, form):
    return re.search(rf'/{form}/".*?name="key" value="([^"]+)"', html, re.DOTALL)[1]


def post(client, order, name, **data):
    return client.post(links.address(name, order=order.pk), data)


def test_a_message_is_kept_with_the_good_file_when_another_is_refused(client):
    order = opened(client)
    key = key_in(page(client, order), "message")
    answer = post(client, order, "write", key=key, body="Here it is.", files=[picture(), bad()])
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "slip.jpg: This is not a JPEG" in html and "Here it is." in html and "1 file" in html
    assert 'name="body"' in html and key_in(html, "message") != key
    assert order.thread.get().files.get().kind == "other"
    assert order.thread.get().body == "Here it is."


def test_a_message_without_words_is_shown_again(client):
    order = opened(client)
    answer = post(client, order, "write", key="x", body="", files=[picture()])
    assert answer.status_code == 422 and not order.thread.exists() and not order.files.exists()


def test_a_ready_sentence_comes_into_the_text_and_nothing_is_sent(client):
    order = opened(client)
    key = key_in(page(client, order), "message")
    data = {"key": key, "sentence": "address", "body": "Good day!"}
    answer = post(client, order, "write", insert="1", **data)
    html = answer.content.decode()
    assert answer.status_code == 200 and not order.thread.exists() and key_in(html, "message") == key
    assert "Good day!\nMy address has changed. I write the new one below.</textarea>" in html
    assert '<option value="address" selected>' not in html
    unknown = post(client, order, "write", insert="1", key=key, sentence="x", body="<b>")
    assert "&lt;b&gt;</textarea>" in unknown.content.decode()


@pytest.fixture
def known(monkeypatch):
    """A sentence that is translated for certain."""
    monkeypatch.setitem(SENTENCES, "when", gettext_lazy("The office received your order."))
    sentences._known.cache_clear()
    with translation.override("de"):
        yield str(SENTENCES["when"])
    sentences._known.cache_clear()


def test_the_office_reads_a_ready_sentence_in_its_own_language(known):
    with translation.override("en"):
        assert reading(f"{known}\nDanke!") == "The office received your order.\nDanke!"
        assert reading("The office received your order.") == reading("Danke!") == ""


def test_the_clerk_sees_both(client, known):
    order = opened(client)
    post(client, order, "write", key=key_in(page(client, order), "message"), body=known)
    client.force_login(a_clerk(order.municipality))
    html = client.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    said = html.split(known)[1]
    assert "In your language" in said and "The office received your order." in said


def test_files_beyond_the_limit_do_not_lose_the_message(client, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": {"upload": (1, 3600)}}
    order = opened(client)
    key = key_in(page(client, order), "message")
    files = [picture("one.jpg"), picture("two.jpg")]
    answer = post(client, order, "write", key=key, body="Two pictures", files=files)
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "two.jpg: This was tried too often" in answer.content.decode()
    assert order.thread.get().files.count() == 1


def test_a_payment_is_reported_although_the_slip_is_refused_and_the_slip_may_follow(client):
    order = opened(client, payment_policy="pay_first")
    answer = post(client, order, "paid", files=[bad(), picture()])
    html = answer.content.decode()
    assert answer.status_code == 422 and "slip.jpg: This is not a JPEG" in html
    assert Order.objects.get().payment_state == PaymentState.REPORTED
    assert order.files.get().kind == "payment"
    assert "Send the picture" in html and ">I have paid</button>" not in html
    assert post(client, order, "paid", files=[picture()]).status_code == 302
    assert order.files.count() == 2 and order.payments.count() == 1


def test_a_signed_request_has_a_form_of_its_own(client):
    order = opened(client, signature_policy="upload")
    html = page(client, order)
    assert "Send the signed request" in html and "Send the signed request" in page(client, order, "sent")
    key = key_in(html, "signed")
    for _twice in range(2):
        assert post(client, order, "signed", key=key, files=[picture("potpis.jpg")]).status_code == 302
    assert order.files.get().kind == "signed_request"
    assert order.thread.get().files.count() == 1
    assert Order.objects.get().unread_messages == 1
    assert "We have your signed request" in page(client, order)


@pytest.mark.parametrize("files", [[], ["bad"]])
def test_a_signed_request_needs_a_picture_that_can_be_opened(client, files):
    order = opened(client, signature_policy="upload")
    key = key_in(page(client, order), "signed")
    answer = post(client, order, "signed", key=key, files=[bad() for _file in files])
    assert answer.status_code == 422
    assert ("slip.jpg" if files else "Choose a photograph or scan") in answer.content.decode()
    assert not order.files.exists() and not order.thread.exists()


@pytest.mark.parametrize("policy", ["none", "post"])
def test_a_signed_request_is_taken_only_where_it_is_uploaded(client, policy):
    order = opened(client, signature_policy=policy)
    assert "Send the signed request" not in page(client, order)
    answer = post(client, order, "signed", key="0f5f5d0e-8a39-4a4a-9b53-0d4f7a3fd3ad", files=[picture()])
    assert answer.status_code == 302 and not order.files.exists()


def test_a_closed_order_takes_no_signed_request(client):
    order = opened(client, signature_policy="upload")
    actions.withdraw(order)
    post(client, order, "signed", key="0f5f5d0e-8a39-4a4a-9b53-0d4f7a3fd3ad", files=[picture()])
    assert not order.files.exists()
    assert "Send the signed request" not in page(client, order) + page(client, order, "sent")


def test_the_link_shows_the_address_masked(client):
    order = opened(client)
    for name in ("case", "sent"):
        assert "applicant@example.net" not in page(client, order, name)
    assert "a•••@example.net" in page(client, order, "sent")


def test_names_of_files_and_the_whole_jmbg_are_not_shown_to_who_resumes(client):
    an_office()
    citizen = Citizen(client)
    citizen.as_far_as_check()
    draft = Draft.objects.get()
    answers = deepcopy(draft.answers)
    answers["persons"][0]["facts"]["jmbg"] = "0104962160000"
    drafts.save(draft, answers=answers, language="en")
    text = Message.objects.get(key__contains="resume").payload["text"]
    client.cookies.clear()
    client.post(re.search(r"/diaspora/resume/\S+", text)[0])
    for name, number in (("identity", {}), ("check", {}), ("person", {"number": 0}), ("documents", {})):
        html = client.get(links.address(name, draft=draft.pk, **number)).content.decode()
        assert "passport.jpg" not in html and "0104962160000" not in html
    assert "•••••••••0000" in client.get(links.address("person", draft=draft.pk, number=0)).content.decode()
    html = client.get(links.address("identity", draft=draft.pk) + "?language=en").content.decode()
    assert re.search(r"Identity document <span[^>]*>· \d+\s*bytes · \d+ \w+ 20\d\d, ", html)
