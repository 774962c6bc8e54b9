"""Who gets which paper: at the desk, and by the link."""

import re

import pytest
from django.urls import reverse

from tests.factories.registrar import an_office, an_order
from tests.pdf import text_of
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, links, tokens
from wagtail_diaspora.registrar.models import Paper
from wagtail_diaspora.registrar.samples import sample_order
from wagtail_diaspora.vault.models import AccessLogEntry

from .clerk import a_clerk

pytestmark = pytest.mark.django_db


def logged_in(client, order):
    """Whoever may only look at orders."""
    clerk = a_clerk(order.municipality, "diaspora_registrar.view_order")
    client.force_login(clerk)
    return clerk


def test_the_desk_offers_the_letter_of_refusal_once_something_is_refused(client):
    order = an_order(an_office())
    clerk = logged_in(client, order)
    case = reverse("diaspora_desk:case", args=[order.pk])
    url = reverse("diaspora_desk:paper", args=[order.pk, "refusal"])
    assert url not in client.get(case).content.decode()
    actions.refuse(order, user=clerk, item=order.items.get().pk, explanation="Kein Nachweis.")
    assert url in client.get(case).content.decode()
    assert "Kein Nachweis." in text_of(client.get(url).content)


def test_the_desk_offers_the_cover_letter_while_there_is_a_paper_to_go_with_it(client):
    order = sample_order(language="bs")
    logged_in(client, order)
    case = reverse("diaspora_desk:case", args=[order.pk])
    url = reverse("diaspora_desk:paper", args=[order.pk, "letter"])
    assert url in client.get(case).content.decode()
    assert Paper.objects.get(order=order).number in text_of(client.get(url).content).replace("\n", "")
    Paper.objects.filter(order=order).update(state="withdrawn")
    assert url not in client.get(case).content.decode() and client.get(url).status_code == 404


def test_the_receipt_comes_by_the_link(client):
    order = an_order(an_office())
    url = reverse("diaspora_registrar:receipt", args=[order.pk])
    assert client.get(url).status_code == 302
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    response = client.get(url)
    assert response["Content-Type"] == "application/pdf" and "no-store" in response["Cache-Control"]
    assert order.reference in text_of(response.content)


def test_the_request_asks_for_a_code_first(client):
    order = an_order(an_office(signature_policy="upload"))
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    url = reverse("diaspora_registrar:request_to_sign", args=[order.pk])
    assert client.get(url)["Content-Type"].startswith("text/html")
    client.post(url)
    mail = Message.objects.filter(key__contains=":code:").get().payload["text"]
    wrong = client.post(url, {"code": "000000"})
    assert wrong.status_code == 422
    response = client.post(url, {"code": re.search(r"\b\d{6}\b", mail)[0]})
    assert response["Content-Type"] == "application/pdf"
    assert "Šućur-Đukić" in text_of(response.content)


def test_no_request_where_the_policy_asks_for_none(client):
    order = an_order(an_office())
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    response = client.get(reverse("diaspora_registrar:request_to_sign", args=[order.pk]))
    assert response.status_code == 302


@pytest.mark.parametrize("kind", ["receipt", "request", "sheet", "nonsense", "letter", "refusal"])
def test_the_desk_prints_and_records_it(client, kind):
    order = an_order(an_office())
    logged_in(client, order)
    url = reverse("diaspora_desk:paper", args=[order.pk, kind])
    response = client.get(url, {"item": order.items.get().pk})
    if kind in ("nonsense", "letter", "refusal"):
        assert response.status_code == 404 and not AccessLogEntry.objects.exists()
        return
    assert response["Content-Type"] == "application/pdf"
    name = f"{order.reference}-{kind}{'-1' if kind == 'sheet' else ''}.pdf"
    assert f'filename="{name}"' in response["Content-Disposition"]
    assert AccessLogEntry.objects.get().action == "downloaded"
