"""The language switch on a page with a form keeps what was typed, and checks, keeps and sends nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.registrar import an_office, an_order
from tests.registrar.citizen import PERSON, YOU, Citizen, picture
from wagtail_diaspora.outbox import applicability
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import links, tokens
from wagtail_diaspora.registrar.models import Draft

pytestmark = pytest.mark.django_db
SWITCH = {"diaspora_switch": "1"}
TO_GERMAN = "?language=de"


@pytest.fixture
def citizen(client):
    an_office()
    citizen = Citizen(client)
    citizen.post(type="birth", language="bs", copies="1")
    return citizen


def test_half_a_person_is_shown_again_in_german_without_a_word(client, citizen):
    typed = {"family_name": "Šućur ½", "date_of_birth": "31.2.", "relation": "parent", **SWITCH}
    answer = client.post(citizen.url + TO_GERMAN, typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and answer["Content-Language"] == "de"
    assert 'value="Šućur ½"' in page and 'value="31.2."' in page
    assert re.search(r'value="parent"[^>]* checked', page)
    assert 'role="alert"' not in page and not Draft.objects.get().answers["persons"]
    assert client.cookies["diaspora_language"].value == "de"


def test_the_switch_is_a_button_of_the_form_and_works_without_javascript(client, citizen):
    page = client.get(citizen.url + "?language=en").content.decode()
    assert '<form id="diaspora-form" method="post"' in page
    button = re.search(r'<button form="diaspora-form"[^>]*lang="de"[^>]*>', page)[0]
    assert 'formaction="?language=de"' in button and "formnovalidate" in button


def test_a_page_without_a_form_has_links(client, citizen):
    citizen.post(**PERSON)
    page = client.get(citizen.goes("documents").url).content.decode()
    assert 'href="?language=de"' in page and "formaction" not in page


def test_pictures_that_were_chosen_are_kept(client, citizen):
    citizen.post(**PERSON)
    citizen.goes("identity")
    answer = client.post(citizen.url + TO_GERMAN, {"files": [picture()], **SWITCH})
    assert answer.status_code == 200 and 'role="alert"' not in answer.content.decode()
    assert Draft.objects.get().files.count() == 1
    bad = picture("slika.jpg")
    bad.truncate(9)
    refused = client.post(citizen.url + TO_GERMAN, {"files": [bad], **SWITCH})
    assert "slika.jpg" in refused.content.decode()


def test_ticks_of_the_declaration_stay_and_nothing_is_sent(client, citizen):
    citizen.post(**PERSON)
    citizen.goes("you").post(**YOU)
    citizen.goes("delivery").post(method="collect")
    citizen.goes("identity").post(files=[picture()])
    answer = client.post(citizen.goes("check").url + TO_GERMAN, {"declared": "on", **SWITCH})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count(" checked") == 1
    assert Draft.objects.get().sent_at is None


def test_a_message_that_is_being_written_stays(client):
    order = an_order(an_office(), language="en")
    client.get(links.address("open_case", token=tokens.tracking_token(order)))
    page = client.get(links.address("case", order=order.pk)).content.decode()
    write = links.address("write", order=order.pk)
    assert f'formaction="{write}?language=de"' in page
    answer = client.post(write + TO_GERMAN, {"body": "Dobar dan,\nja", "key": "x", **SWITCH})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Dobar dan,\nja" in page and 'role="alert"' not in page
    assert not order.thread.exists()


def test_a_lost_link_asks_the_same_of_the_database_for_a_hit_and_a_miss(client):
    order = an_order(an_office(), language="en")
    url = links.address("lost_link")
    hit = {"email": "applicant@example.net", "reference": order.reference}
    misses = (hit | {"email": "other@example.net"}, hit | {"reference": "7KM-2XQ-9TB"})
    client.post(url, hit)
    Message.objects.all().delete()
    counts = []
    for data in (hit, *misses):
        with CaptureQueriesContext(connection) as captured:
            assert client.post(url, data).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
    written = Message.objects.order_by("ordinal")
    assert [applicability.still_applies(message) for message in written] == [True, False, False]
