"""All is behind the prefix of a language: every link stays where the draft's cookie is valid."""

import re
from urllib.parse import urlsplit

import pytest

from tests.factories.registrar import an_office
from tests.registrar.citizen import PERSON, YOU, Citizen, picture
from wagtail_diaspora.registrar import links, tokens
from wagtail_diaspora.registrar.models import Draft, Order

pytestmark = pytest.mark.django_db
LANGUAGES = ["bs", "de", "en"]


@pytest.fixture(params=LANGUAGES)
def citizen(client, request):
    """Comes by an address of the host in that language, and reads in it."""
    an_office(signature_policy="upload", payment_policy="pay_first")
    citizen = Citizen(client)
    citizen.url = f"/{request.param}/diaspora/order/new/?language={request.param}"
    return citizen


def led_to(html):
    """Where the page leads within an order: its links and the targets of its forms."""
    return set(re.findall(r'(?:href|action)="([^"#?]*/diaspora/(?:order|case)/[^"#?]+)"', html))


def test_each_link_of_a_draft_works(client, citizen):
    citizen.post(type="birth", language="sr", copies="2")
    citizen.post(**PERSON)
    seen, waiting = set(), {citizen.url}
    while waiting:
        url = waiting.pop()
        seen.add(url)
        page = client.get(url)
        assert page.status_code in (200, 302), url
        waiting |= led_to(page.content.decode()) - seen if page.status_code == 200 else set()
    assert {url.split("/")[1] for url in seen} == {"bs"}
    names = {url.rstrip("/").split("/")[5] for url in seen if "/new/" not in url}
    assert {"documents", "item", "person", "you", "erase"} <= names


def test_a_file_is_removed_and_everything_erased(client, citizen):
    citizen.as_far_as_check()
    draft = Draft.objects.get()
    identity = client.get(links.address("identity", draft=draft.pk)).content.decode()
    [remove] = re.findall(r'action="([^"]+/remove/)"', identity)
    client.post(remove)
    assert not draft.files.exists()
    erased = client.post(links.address("erase", draft=draft.pk))
    assert not Draft.objects.exists()
    assert erased.cookies["diaspora_draft_secret"]["path"] == f"/bs/diaspora/order/{draft.pk}/"
    assert erased.cookies["diaspora_draft_secret"].value == ""


def test_the_case_answers_to_all_its_forms(client, citizen):
    citizen.as_far_as_check()
    citizen.post(declared="on", privacy="on")
    order = Order.objects.get()
    client.cookies.clear()
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    html = client.get(links.address("case", order=order.pk)).content.decode()
    leads = led_to(html)
    assert {url.rstrip("/").split("/")[-1] for url in leads} >= {"message", "paid", "signed", "request"}
    for url in leads:
        assert links.address("lost_link") not in str(client.get(url, follow=True).redirect_chain)
    assert client.post(f"/bs/diaspora/case/{order.pk}/paid/", {"files": [picture()]}).url.endswith("#payment")


def test_a_link_in_a_mail_opens_in_a_browser_of_another_language(client, citizen):
    citizen.post(type="birth", language="sr", copies="2")
    citizen.post(**PERSON)
    citizen.goes("you").post(**YOU)
    url = links.resume(Draft.objects.get())
    assert url.startswith("http") and "/bs/diaspora/resume/" in url
    client.cookies.clear()
    page = client.get(urlsplit(url).path, headers={"accept-language": "en"})
    assert page.status_code == 200
