"""Whatever is typed on a page for citizens: an answer, escaped, and nothing that was valid is lost."""

import html
import uuid
from io import BytesIO
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories.registrar import an_office
from tests.registrar import naughty
from tests.registrar.citizen import ADDRESS, PERSON, YOU, Citizen
from wagtail_diaspora.registrar import links, tokens
from wagtail_diaspora.registrar.actions import codes
from wagtail_diaspora.registrar.forms.fields import CleanCharField, LinesField
from wagtail_diaspora.registrar.models import Draft, Order
from wagtail_diaspora.registrar.views.base import CASE_COOKIE, DRAFT_COOKIE, OPENED_COOKIES, SENDER_COOKIE

pytestmark = pytest.mark.django_db
COOKIES = (DRAFT_COOKIE, CASE_COOKIE, *OPENED_COOKIES.values(), SENDER_COOKIE, "diaspora_language")
ANSWERS = (200, 302, 404, 422, 429)
FORM = "application/x-www-form-urlencoded"
UNLIMITED = dict.fromkeys(
    (
        "code",
        "code_try",
        "message",
        "lost_link",
        "lost_link_recipient",
        "proof",
        "upload",
        "recipient",
        "correction",
    ),
    (10**6, 3600),
)
ITEM = {"type": "birth", "language": "bs", "copies": "1", "person": "0"}
WORST = ("<script>alert(1)</script>", "\x00", "\ud800", "9" * 5000, "%(name)s %s %n %d", "31.2.1962.")
TEXTS = st.text(max_size=200)
quick = settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def encoded(data):
    """As a browser might: lone surrogates become bytes that are no UTF-8."""
    return "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in data.items())


def as_received(text):
    return text.encode(errors="surrogatepass").decode(errors="replace")


def cleaned(field, text):
    return field.to_python(as_received(text))


@pytest.fixture
def client(client, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": UNLIMITED}
    an_office()
    return client


@pytest.fixture
def draft(client):
    Citizen(client).as_far_as_check()
    return Draft.objects.get()


@pytest.fixture
def order(client, draft):
    client.post(links.address("check", draft=draft.pk), {"declared": "on", "privacy": "on"})
    order = Order.objects.get()
    codes.send_code(order, purpose="change")
    client.cookies[OPENED_COOKIES["change"]] = tokens.opened_token(order, "change")
    return order


def post(client, url, data):
    answer = client.post(url, encoded(data), content_type=FORM)
    shown = answer.content.decode()
    assert answer.status_code in ANSWERS, (url, data, answer.status_code)
    for text in data.values():
        assert not is_markup(text) or as_received(text) not in shown, (url, text)
    return answer


def is_markup(text):
    """Enough of it that a page without it has no such text by itself."""
    return len(text) > 12 and ("<" in text or '"' in text)


def everywhere(client, url, valid, text):
    """In one field after the other, then in all of them."""
    for name in valid:
        post(client, url, valid | {name: text})
    return post(client, url, dict.fromkeys(valid, text))


def steps(draft):
    def address(name, **keys):
        return links.address(name, draft=draft.pk, **keys)

    return [
        (address("item", number=1), ITEM),
        (address("person", number=0), PERSON | {"doubts_seen": ""}),
        (address("you"), YOU | {"purpose_text": "", "diaspora_leave_empty": ""}),
        (address("delivery"), ADDRESS),
        (address("identity"), {"files": ""}),
        (address("documents"), {"remove": "7"}),
        (address("check"), {"agreed": "x", "declared": ""}),
        (reverse("diaspora_registrar:new_order"), ITEM | {"copies": "0"}),
        (reverse("diaspora_registrar:lost_link"), {"email": "a@example.net", "reference": "7KM-2XQ-9TB"}),
        (links.address("resume", token=tokens.resume_token(draft) + "x"), {"x": ""}),
        (links.address("confirm_email", token="a-1.b"), {"x": ""}),
    ]


def case_forms(order):
    def address(name, **keys):
        return links.address(name, order=order.pk, **keys)

    return [
        (address("write"), {"key": str(uuid.uuid4()), "body": "x"}),
        (address("paid"), {"files": ""}),
        (address("signed"), {"key": str(uuid.uuid4())}),
        (address("withdraw"), {"code": "123456"}),
        (address("export"), {"code": "123456"}),
        (address("change"), {"code": "123456"}),
        (address("files"), {"code": "123456"}),
        (
            address("change_applicant"),
            {"forenames": "Ana", "family_name": "Kos", "country": "DE", "purpose": "work"},
        ),
        (address("change_phone"), {"phone": "0711 12345"}),
        (address("change_email"), {"email": "other@example.net"}),
        (address("change_address"), ADDRESS),
        (address("change_person", number=1), PERSON | {"doubts_seen": ""}),
    ]


def test_every_step_answers_every_string(client, draft):
    for text in naughty.ALL:
        for url, valid in steps(draft):
            post(client, url, dict.fromkeys(valid, text))
    assert Draft.objects.count() == 1


def test_each_field_alone_answers_the_worst(client, draft):
    for text in WORST:
        for url, valid in steps(draft)[:4]:
            everywhere(client, url, valid, text)


def test_every_form_of_a_case_answers_every_string(client, order):
    for text in naughty.ALL:
        for url, valid in case_forms(order):
            if text in WORST or not {"code", "files"} & set(valid):
                post(client, url, dict.fromkeys(valid, text))


def test_free_text_comes_back_as_it_was_typed(client, draft):
    you, check = links.address("you", draft=draft.pk), links.address("check", draft=draft.pk)
    for text in (text for text in naughty.ALL if text not in naughty.LONG):
        assert post(client, you, YOU | {"purpose_text": text}).status_code == 302
        kept = cleaned(CleanCharField(), text)
        assert Draft.objects.get().answers["applicant"]["purpose_text"] == kept
        shown = html.escape(kept)
        assert not kept or f'value="{shown}"' in client.get(you).content.decode()
        assert shown in client.get(check).content.decode()


def test_a_message_comes_back_as_it_was_typed(client, order):
    for text in naughty.MARKUP + naughty.TEMPLATES + naughty.LETTERS + naughty.SURROGATES:
        post(client, links.address("write", order=order.pk), {"key": str(uuid.uuid4()), "body": text})
    shown = client.get(links.address("case", order=order.pk)).content.decode()
    bodies = {message.body for message in order.thread.all()}
    for text in naughty.MARKUP + naughty.TEMPLATES + naughty.LETTERS:
        kept = cleaned(LinesField(), text)
        assert kept in bodies and html.escape(kept) in shown


def test_addresses_answer_every_string(client, draft):
    for text in naughty.ALL:
        part = quote(as_received(text)[:200] or "x", safe="")
        for path in (
            f"{reverse('diaspora_registrar:proof_form')}?code={part}",
            f"{reverse('diaspora_registrar:new_order')}?type={part}&page={part}&language={part}",
            f"{reverse('diaspora_registrar:lost_link')}?wrong={part}",
            f"/diaspora/proof/{part}/",
            f"/diaspora/open/{part}/",
            f"/diaspora/resume/{part}/",
            f"/diaspora/confirm/{part}/",
            f"/diaspora/order/{draft.pk}/item/{part}/",
            f"/diaspora/order/{part}/you/",
            f"/diaspora/case/{part}/",
        ):
            answer = client.get(path)
            assert answer.status_code in (*ANSWERS, 301), (path, answer.status_code)
            assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize("name", COOKIES)
def test_cookies_answer_every_string(client, order, name):
    for text in naughty.ALL:
        header = f"{name}={as_received(text)[:500]}".encode().decode("latin-1")
        for page in ("case", "change_email", "files"):
            answer = Client(headers={"cookie": header}).get(links.address(page, order=order.pk))
            assert answer.status_code in ANSWERS


def test_names_of_files_are_escaped(client, draft):
    for text in naughty.MARKUP:
        file = BytesIO(b"no picture")
        file.name = text.replace("/", "") + ".jpg"
        answer = client.post(links.address("identity", draft=draft.pk), {"files": [file]})
        assert answer.status_code == 422 and not answer.content.decode().count("<img src=x")


@quick
@given(data=st.data())
def test_any_text_in_any_step(client, draft, data):
    for url, valid in steps(draft):
        post(client, url, {name: data.draw(TEXTS) for name in valid})


@quick
@given(data=st.data())
def test_any_text_in_any_form_of_a_case(client, order, data):
    for url, valid in case_forms(order):
        post(client, url, {name: data.draw(TEXTS) for name in valid})


@quick
@given(text=TEXTS)
def test_the_language_switch_keeps_any_text(client, draft, text):
    you = links.address("you", draft=draft.pk)
    typed = YOU | {"purpose_text": text, "phone": text, "diaspora_switch": "1"}
    answer = post(client, you + "?language=de", typed)
    shown = answer.content.decode()
    assert answer.status_code == 200 and 'role="alert"' not in shown
    assert f'value="{html.escape(text)}"' in shown
