"""The whole order as a browser without JavaScript sends it, over the real URLs."""

import re
from io import BytesIO

import pytest
from django.urls import reverse

from tests.factories.registrar import an_office
from tests.registrar.citizen import ADDRESS, PERSON, YOU, Citizen, picture
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import links
from wagtail_diaspora.registrar.models import Draft, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(postage_abroad_minor=850)


def test_get_stores_nothing(client, citizen):
    assert client.get(citizen.url).status_code == 200
    assert not Draft.objects.exists()


def test_a_question_that_is_the_heading_is_seen_once(client, citizen):
    question = "Which document do you need?"
    page = client.get(f"{citizen.url}?language=en").content.decode()
    assert f"<h1>{question}</h1>" in page and f'<legend class="diaspora-hidden">{question}' in page
    citizen.post(type="birth", language="bs", copies="1")
    assert "<legend>What are you to this person?" in client.get(citizen.url).content.decode()


def test_an_order_from_the_first_page_to_its_case(client, citizen):
    citizen.as_far_as_check()
    assert citizen.url.endswith("/check/")
    page = client.get(citizen.url).content.decode()
    assert "1. april 1962." in page and "Ana Marija" not in page
    citizen.post(declared="on", privacy="on")
    order = Order.objects.get()
    assert citizen.url == links.address("sent", order=order.pk)
    assert order.reference in client.get(citizen.url).content.decode()
    assert client.get(links.address("case", order=order.pk)).status_code == 200
    assert order.persons.get().facts["date_of_birth"] == "1962-04-01"
    assert order.address["name"] == "Đorđe Šućur"
    assert order.applicant["phone"] == "+4971112345"
    assert order.files.get().kind == "identity"
    assert order.items.get().copies == 2
    assert Draft.objects.get().answers is None


def test_the_name_on_the_letter_is_offered_in_latin_letters(client, citizen):
    citizen.post(type="birth", language="sr", copies="1")
    citizen.post(**PERSON)
    citizen.goes("you").post(**YOU)
    page = client.get(citizen.url).content.decode()
    assert 'name="name" value="Đorđe Šućur"' in page


def test_fifty_identical_sends_make_one_order(client, citizen):
    citizen.as_far_as_check()
    check = citizen.url
    answers = {client.post(check, {"declared": "on", "privacy": "on"}).url for _time in range(50)}
    assert Order.objects.count() == 1
    assert len(answers) == 2  # the confirmation, and for those after it the order's page
    assert Message.objects.filter(key__contains="received").count() == 1


def test_what_was_typed_stays_beside_the_error(citizen):
    citizen.post(type="birth", language="bs", copies="1")
    response = citizen.post(**PERSON | {"date_of_birth": "31.2.1962."})
    page = response.content.decode()
    assert response.status_code == 422
    assert "31.2.1962." in page and "Љубија" in page
    assert 'href="#id_date_of_birth"' in page


@pytest.mark.parametrize("typed", ["1.4.1962.", "01/04/1962", "1. april 1962", "1962-04-01", "1.4.1962"])
@pytest.mark.parametrize("language", ["bs", "hr", "sr", "sr-latn", "de", "en"])
def test_a_date_is_day_before_month_in_every_language(client, office, typed, language):
    citizen = Citizen(client)
    citizen.url += f"?language={language}"
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON | {"date_of_birth": typed})
    assert Draft.objects.get().answers["persons"][0]["facts"]["date_of_birth"] == "1962-04-01"


def test_a_jmbg_that_disagrees_is_questioned_once(citizen):
    citizen.post(type="birth", language="bs", copies="1")
    doubtful = PERSON | {"jmbg": "0101990160008"}
    first = citizen.post(**doubtful)
    assert first.status_code == 422
    seen = re.search(r'name="doubts_seen" value="(\w+)"', first.content.decode())[1]
    assert citizen.post(**doubtful | {"doubts_seen": seen}).status_code == 302


def test_a_proxy_must_show_the_power_of_attorney(client, citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON | {"relation": "proxy"})
    citizen.goes("you").post(**YOU)
    citizen.post(**ADDRESS)
    assert citizen.post(files=[picture()]).status_code == 422
    assert Draft.objects.get().files.count() == 1  # kept, although the page came back with an error
    assert citizen.post(papers=[picture()]).status_code == 302


def test_a_picture_of_the_passport_is_asked_for(citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    citizen.goes("you").post(**YOU)
    citizen.post(**ADDRESS)
    assert citizen.post().status_code == 422


def test_an_accepted_file_stays_when_another_is_refused(client, citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    citizen.goes("you").post(**YOU)
    citizen.post(**ADDRESS)
    bad = BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    bad.name = "slika.jpg"
    response = citizen.post(files=[picture(), bad])
    assert response.status_code == 422 and "slika.jpg" in response.content.decode()
    assert [f.file.name for f in Draft.objects.get().files.all()] == ["passport.jpg"]


def test_another_browser_cannot_see_a_draft(client, citizen):
    citizen.post(type="birth", language="bs", copies="1")
    client.cookies.clear()
    assert client.get(citizen.url).status_code == 404


def test_resume_by_the_mailed_link_on_another_device(client, citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    citizen.goes("you").post(**YOU)
    text = Message.objects.get(key__contains="resume").payload["text"]
    url = re.search(r"/diaspora/resume/\S+", text).group()
    old = dict(client.cookies)
    client.cookies.clear()
    client.get(url)
    assert client.get(citizen.url).status_code == 404
    taken = client.post(url)
    assert client.get(taken.url).status_code == 200
    client.cookies.clear()
    client.cookies.update(old)
    assert client.get(taken.url).status_code == 404


def test_leave_and_erase(client, citizen):
    citizen.as_far_as_check()
    citizen.goes("erase").post()
    assert not Draft.objects.exists()


def test_limits_say_when_to_come_back(client, citizen, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": {"lost_link": (2, 3600)}}
    url = reverse("diaspora_registrar:lost_link")
    url += "?language=en"
    data = {"email": "a@example.net", "reference": "7KM-2XQ-9TB"}
    answers = [client.post(url, data | {"email": f"a{n}@example.net"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    waits = [answer.headers.get("Retry-After") for answer in answers]
    assert waits[:2] == [None, None] and 0 < int(waits[2]) <= 3600
    assert re.search(r"please try again in \d+ (minute|hour)s?\.", answers[2].content.decode())


def test_one_mailbox_gets_few_links_however_often_the_address_is_changed(citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    for number in range(5):
        for address in ("Victim@example.net", f"other-{number}@example.net"):
            assert citizen.goes("you").post(**YOU | {"email": address}).status_code == 302
    for address in ("victim@EXAMPLE.net", "other@example.net", "victim+again@example.net"):
        assert citizen.goes("you").post(**YOU | {"email": address}).status_code == 302
    assert Draft.objects.get().answers["applicant"]["email"] == "victim+again@example.net"
    sent = [message.recipient.casefold() for message in Message.objects.filter(key__contains="resume")]
    assert sum(address.startswith("victim") for address in sent) == 5


def test_an_address_that_only_changes_its_case_is_the_same_mailbox(citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    for address in ("djordje@example.net", "Djordje@Example.net", "djordje@example.net"):
        assert citizen.goes("you").post(**YOU | {"email": address}).status_code == 302
    assert Message.objects.filter(key__contains="resume").count() == 1


def test_the_language_switch_keeps_what_else_the_address_says(client, citizen):
    page = client.get(f"{citizen.url}?page=7&language=en").content.decode()
    assert 'formaction="?page=7&amp;language=de"' in page


def test_a_trap_that_is_filled_in_stops_a_program(citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    response = citizen.goes("you").post(**YOU | {"diaspora_leave_empty": "http://spam.example"})
    assert response.status_code == 422


def test_the_final_post_asks_the_database_little(client, citizen, django_assert_max_num_queries):
    citizen.as_far_as_check()
    client.get(citizen.url)
    with django_assert_max_num_queries(40) as captured:
        citizen.post(declared="on", privacy="on")
    real = [q["sql"] for q in captured if not re.match(r"BEGIN|SAVEPOINT|RELEASE|COMMIT", q["sql"])]
    assert len(real) <= 12, "\n".join(sql[:90] for sql in real)


def test_a_death_extract_for_a_mother_without_jmbg(client, citizen):
    citizen.url += "?language=en"
    citizen.post(type="death", language="sr", copies="1")
    mother = {"family_name": "Ćosić", "forenames": "Žana", "relation": "child"}
    citizen.post(**mother, date_of_death="11/1994", place_of_death="Malmö, Švedska")
    citizen.goes("you").post(**YOU)
    citizen.post(**ADDRESS)
    assert "shows you as the child of this person" in client.get(citizen.url).content.decode()
    missing = citizen.post(files=[picture()])
    assert missing.status_code == 422
    citizen.post(papers=[picture()])
    page = client.get(citizen.url).content.decode()
    assert "November 1994" in page and "Malmö, Švedska" in page
    citizen.post(declared="on", privacy="on")
    assert Order.objects.get().persons.get().facts["date_of_death"] == "1994-11"
