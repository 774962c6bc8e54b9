"""A document type of the office's own: made in the admin, ordered by a citizen, worked on by a clerk."""

import pytest
from bs4 import BeautifulSoup
from django.conf.global_settings import DATA_UPLOAD_MAX_NUMBER_FIELDS
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from tests.factories.registrar import a_site, an_office
from tests.pdf import text_of
from tests.registrar.citizen import ADDRESS, YOU, Citizen, picture
from wagtail_diaspora.registrar import links
from wagtail_diaspora.registrar.models import DocumentType, Draft, Order

pytestmark = pytest.mark.django_db

RIGHTS = (
    "diaspora_registrar.add_documenttype",
    "diaspora_registrar.change_documenttype",
    "diaspora_registrar.view_order",
    "diaspora_registrar.change_order",
)
ADD = "diaspora_document_type:add"


@pytest.fixture
def office():
    return an_office(site=a_site("testserver"), signature_policy="upload")


@pytest.fixture
def admin(office, client):
    """The web administrator, who is the clerk here, too."""
    user = user_with(*RIGHTS, municipality=office)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def question(kind, label="", *, code="", hint="", options="", required="on", **languages):
    words = {"label_bs": label, "hint_bs": hint, "options_bs": options, **languages}
    return {"code": code, "kind": kind, "required": required, **words}


QUESTIONS = [
    question("name", code="family_name"),
    question("name", code="forenames"),
    question("partial_date", code="date_of_death", required=""),
    question("text", "Naziv škole", hint="Kako se tada zvala."),
    question("place", "Mjesto škole"),
    question("date", "Dan upisa"),
    question("number", "Broj razreda"),
    question("yes_no", "Je li škola završena?"),
    question("choice", "Smjer", options="Opći\nJezički", options_en="General\nLanguages", label_en="Course"),
    question("lines", "Školski drugovi", required=""),
]


def typed(office, questions=QUESTIONS, relations=("self", "proxy"), boxes=(), **more):
    """What the browser sends; words by language."""
    return nested_form_data(
        {
            "municipality": office.pk,
            "name_bs": "Potvrda o školi",
            "code": "skola",
            "register": "other",
            "edition": "national",
            "fee_minor": "7,50",
            "working_days": "10",
            "active": "on",
            "sort_order": "50",
            "facts": inline_formset(questions),
            "relations": inline_formset([{"relation": relation} for relation in relations]),
            "boxes": inline_formset(boxes),
            **more,
        }
    )


def errors_of(response):
    form = response.context["form"]
    return {
        f"{name}.{field}": errors[0]
        for name, formset in form.formsets.items()
        for row in formset.errors
        for field, errors in row.items()
    }


def own_codes():
    return [fact.code for fact in DocumentType.objects.get(code="skola").facts.all()][3:]


def answers():
    values = ["Gimnazija „Prva“", "Prijedor", "1. 9. 1976.", "4", "no", "Jezički", "Ana\r\nMirko"]
    known = {"relation": "self", "family_name": "Šućur", "forenames": "Ana", "date_of_death": ""}
    return known | dict(zip(own_codes(), values, strict=True))


def test_a_type_of_its_own_goes_from_the_admin_to_the_sheet(office, admin):
    boxes = [{"number": "1", "label_bs": "Škola", "content": "forenames family_name"}]
    response = admin.post(reverse(ADD), typed(office, boxes=boxes))
    assert response.status_code == 302
    order = ordered(admin)
    assert [order.persons.get().facts[code] for code in own_codes()[2:6]] == [
        "1976-09-01",
        "4",
        "no",
        "Jezički",
    ]

    shown = admin.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    item = order.items.get()
    sheet = paper(admin, order, "sheet", item=item.pk)
    request = paper(admin, order, "request")
    blank = text_of(admin.get(links.address("blank", code="skola"), {"language": "en"}).content)
    for words in (shown, sheet, request):
        for value in ("Naziv škole", "Gimnazija „Prva“", "1 September 1976", "Course", "Languages", "Mirko"):
            assert value in words, value
    assert "Ana, Šućur" in sheet
    assert "Course" in blank and "Languages" in blank and "Kako se tada zvala." in blank


def ordered(browser):
    citizen = Citizen(browser)
    citizen.url += "?language=bs"
    citizen.post(type="skola", language="bs", copies="1")
    page = browser.get(citizen.url).content.decode()
    assert "Naziv škole" in page and "Kako se tada zvala." in page and "Jezički" in page
    assert citizen.post(**answers()).status_code == 302
    citizen.goes("you").post(**YOU)
    citizen.post(**ADDRESS)
    citizen.post(files=[picture()])
    assert "7,50" in browser.get(citizen.url).content.decode()
    citizen.post(declared="on", privacy="on")
    assert not Draft.objects.filter(sent_at=None).exists()
    return Order.objects.get()


def paper(browser, order, kind, **query):
    return text_of(browser.get(reverse("diaspora_desk:paper", args=[order.pk, kind]), query).content)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (question("text"), "facts.label"),
        (question("text", code="my_own"), "facts.label"),
        (question("text", "Odnos", code="relation"), "facts.code"),
        (question("text", code="jmbg"), "facts.kind"),
        (question("choice", "Smjer", options="Jedan"), "facts.options"),
        (question("choice", "Smjer", options="A\nB", options_en="A\nB\nC"), "facts.options"),
        (question("choice", "Smjer"), "facts.options"),
    ],
)
def test_what_no_page_could_ask_is_said_where_it_is_written(office, admin, wrong, field):
    response = admin.post(reverse(ADD), typed(office, [*QUESTIONS[:2], wrong]))
    assert response.status_code == 200 and list(errors_of(response)) == [field]
    assert not DocumentType.objects.filter(code="skola").exists()


def test_the_same_question_stands_once_only(office, admin):
    response = admin.post(reverse(ADD), typed(office, [*QUESTIONS[:2], QUESTIONS[0]]))
    assert response.status_code == 200 and not DocumentType.objects.filter(code="skola").exists()


def test_somebody_has_to_be_entitled(office, admin):
    response = admin.post(reverse(ADD), typed(office, relations=()))
    assert response.status_code == 200 and not DocumentType.objects.filter(code="skola").exists()


def test_a_box_names_facts_only(office, admin):
    boxes = [{"number": "1", "content": "family_name, forenames!"}]
    response = admin.post(reverse(ADD), typed(office, boxes=boxes))
    assert list(errors_of(response)) == ["boxes.content"]


def test_a_shipped_type_is_saved_again_as_it_is(office, admin):
    """The largest form of all stays below Django's limit of fields, and its codes stay."""
    kind = office.document_types.get(code="marriage-multilingual")
    url = reverse("diaspora_document_type:edit", args=[kind.pk])
    before = list(kind.facts.values_list("code", "kind", "required"))
    data = sent(admin.get(url).content)
    assert len(data) < DATA_UPLOAD_MAX_NUMBER_FIELDS * 0.7
    response = admin.post(url, data)
    assert response.status_code == 302
    assert list(kind.facts.values_list("code", "kind", "required")) == before
    assert kind.boxes.count() == 14


def sent(page):
    """What a browser sends of the form as it is shown."""
    form = BeautifulSoup(page, "html.parser").find("main").find("form", method="POST")
    fields = form.find_all(["input", "select", "textarea"])
    return dict(value for field in fields if field.get("name") for value in value_of(field))


def value_of(field):
    if field.name == "select":
        chosen = field.find("option", selected=True)
        yield field["name"], chosen["value"] if chosen else ""
    elif field.name == "textarea":
        yield field["name"], field.get_text().removeprefix("\n")
    elif field.get("type") != "checkbox":
        yield field["name"], field.get("value", "")
    elif field.has_attr("checked"):
        yield field["name"], field.get("value", "on")
