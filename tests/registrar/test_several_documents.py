"""Several documents in one order, for one person or more."""

import re

import pytest

from tests.factories.registrar import an_office
from tests.registrar.citizen import ADDRESS, PERSON, YOU
from wagtail_diaspora.registrar.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(postage_abroad_minor=850)


WEDDING = {
    "spouse_family_name": "Šućur",
    "spouse_forenames": "Mirko",
    "date_of_marriage": "5. 1985.",
    "place_of_marriage": "Stuttgart, Njemačka",
}


def test_another_document_of_the_same_person_asks_only_what_is_missing(client, citizen):
    citizen.post(type="birth", language="sr", copies="1")
    citizen.post(**PERSON)
    citizen.goes("item", number=1).post(type="marriage", language="sr", copies="1", person="0")
    assert citizen.url.endswith("/person/0/")
    page = client.get(citizen.url).content.decode()
    assert page.count('name="family_name"') == 1 and "Šućur-Đukić" in page
    missing = citizen.post(**PERSON)
    assert missing.status_code == 422 and 'name="place_of_marriage"' in missing.content.decode()
    citizen.post(**PERSON, **WEDDING)
    assert citizen.url.endswith("/documents/")
    citizen.goes("item", number=2).post(type="citizenship", language="sr", copies="1", person="0")
    assert citizen.url.endswith("/documents/")
    facts = Draft.objects.get().answers["persons"][0]["facts"]
    assert facts["date_of_marriage"] == "1985-05" and facts["date_of_birth"] == "1962-04-01"


def test_nobody_is_the_dead_person_who_asks(client, citizen):
    citizen.post(type="birth", language="sr", copies="1")
    citizen.post(**PERSON | {"relation": "self"})
    citizen.goes("item", number=1).post(type="death", language="sr", copies="1", person="0")
    assert citizen.url.endswith("/person/0/")
    page = client.get(citizen.url).content.decode()
    assert 'value="child"' in page and 'value="self"' not in page


def test_documents_that_nobody_may_ask_for_together_are_refused_where_they_are_chosen(citizen, office):
    office.document_types.get(code="citizenship").relations.exclude(relation="self").delete()
    citizen.post(type="death", language="sr", copies="1")
    death = {"relation": "child", "date_of_death": "1994", "place_of_death": "Malmö"}
    citizen.post(**PERSON | death)
    refused = citizen.goes("item", number=1).post(type="citizenship", language="sr", copies="1", person="0")
    assert refused.status_code == 422 and len(Draft.objects.get().answers["items"]) == 1
    assert citizen.post(type="citizenship", language="sr", copies="1", person="new").status_code == 302


def test_two_documents_for_two_children(client, citizen):
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    citizen.goes("item", number=1).post(type="birth", language="bs", copies="1", person="new")
    assert citizen.url.endswith("/person/1/")
    citizen.post(**PERSON | {"forenames": "Борис"})
    draft = Draft.objects.get()
    assert [i["person"] for i in draft.answers["items"]] == [0, 1]
    citizen.goes("documents").post(remove="0")
    draft = Draft.objects.get()
    assert [p["facts"]["forenames"] for p in draft.answers["persons"]] == ["Борис"]
    assert draft.answers["items"][0]["person"] == 0


def test_the_answers_say_for_whom_each_document_is_and_in_which_language(client, citizen):
    citizen.url += "?language=en"
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    citizen.goes("item", number=1).post(type="birth", language="sr", copies="1", person="new")
    citizen.post(**PERSON | {"forenames": "Борис"})
    citizen.goes("you").post(**YOU)
    citizen.post(**ADDRESS)
    page = client.get(citizen.goes("check").url).content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>', page)
    assert [row.partition("diaspora-quiet")[2] for row in rows[:2]] == [
        '">Ана Марија Šućur-Đukić · Bosnian, Latin script</span>',
        '">Борис Šućur-Đukić · Serbian, Cyrillic script</span>',
    ]


def test_a_full_order_says_so_and_takes_no_further_document(client, citizen, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"DRAFT_MAX_ITEMS": 1}
    citizen.url += "?language=en"
    citizen.post(type="birth", language="bs", copies="1")
    citizen.post(**PERSON)
    page = client.get(citizen.url).content.decode()
    assert "as many documents as one may have: 1" in page and "/item/1/" not in page
    refused = citizen.goes("item", number=1).post(type="birth", language="bs", copies="1", person="0")
    assert refused.status_code == 422 and "as one may have" in refused.content.decode()
    assert len(Draft.objects.get().answers["items"]) == 1
