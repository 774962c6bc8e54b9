import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories.registrar import FACTS, an_office
from wagtail_diaspora.registrar import jmbg, shipped
from wagtail_diaspora.registrar.forms import ApplicantForm, PersonForm
from wagtail_diaspora.registrar.forms.fields import NameField
from wagtail_diaspora.registrar.offer import offer_of

APPLICANT = {
    "forenames": "Đorđe",
    "family_name": "Šućur",
    "country": "DE",
    "email": "djordje@example.net",
    "phone": "",
    "purpose": "school",
}
ELSEWHERE, AGREEING = "0104962710000", "0104962160000"
"""Of 1 April 1962, male: given outside Bosnia and Herzegovina, and in it."""


@pytest.mark.parametrize(
    "name",
    [
        "'t Hooft",
        "’t Hart",
        "O‘Connor",
        "O`Neill",
        "Oʼzbek",
        "नीता",
        "Ана Марија",
        "de la Cruz-Ñáñez",
        "Šućur, rođ. Đukić",
        "Nguyễn Thị Ánh",
        "محمد علي",
    ],
)
def test_a_name_of_any_script_is_taken(name):
    assert NameField().clean(name) == name


@pytest.mark.parametrize(
    "name", ["<b>Ana</b>", "Ana1", "R2D2", "Ana & Co", "'", "-", "…", "Ana@example", "Ⅳ", "_x"]
)
def test_digits_signs_and_markup_are_no_name(name):
    with pytest.raises(ValidationError):
        NameField().clean(name)


@pytest.mark.parametrize("country", ["AQ", "TF", "BV", "ZZ", "QQ", "de", "", "<b>"])
def test_a_country_without_telephones_is_no_crash(country):
    form = ApplicantForm(APPLICANT | {"country": country, "phone": "0711 12345"})
    assert not form.is_valid() and "phone" in form.errors
    assert "phone" not in ApplicantForm(APPLICANT | {"country": country, "phone": "+4971112345"}).errors


def test_a_telephone_is_read_as_it_is_dialled_in_the_country():
    form = ApplicantForm(APPLICANT | {"phone": "0711 12345"})
    assert form.is_valid() and form.answer()["phone"] == "+4971112345"
    with translation.override("en"):
        wrong = ApplicantForm(APPLICANT | {"phone": "0711"})
        assert wrong.errors["phone"] == [
            "Check the telephone number, or write it with + and the number of the country."
        ]


@pytest.fixture
def types(db):
    return [offer_of(an_office().registrar_settings).get("birth")]


def typed(**facts):
    return FACTS | {"relation": "self", "jmbg": ELSEWHERE} | facts


def test_the_numbers_of_these_tests_are_what_they_say():
    assert jmbg.clean(ELSEWHERE) == ELSEWHERE and jmbg.clean(AGREEING) == AGREEING


def test_a_doubt_is_bound_to_what_was_questioned(types):
    first = PersonForm(typed(), types=types)
    assert len(first.non_field_errors()) == 1
    seen = first.data["doubts_seen"]
    assert PersonForm(typed(doubts_seen=seen), types=types).is_valid()
    assert PersonForm(typed(doubts_seen=seen, place_of_birth="Prijedor"), types=types).is_valid()
    changed = PersonForm(typed(doubts_seen=seen, date_of_birth="2. 4. 1962."), types=types)
    assert len(changed.non_field_errors()) == 2 and changed.data["doubts_seen"] != seen
    assert ELSEWHERE not in seen


@pytest.mark.parametrize("seen", ["on", "", "0" * 64])
def test_a_doubt_is_not_seen_because_somebody_says_so(types, seen):
    assert not PersonForm(typed(doubts_seen=seen), types=types).is_valid()


def test_a_kept_jmbg_is_shown_masked_and_kept_by_its_mask(types):
    answer = {"relation": "self", "facts": FACTS | {"jmbg": AGREEING}}
    shown = PersonForm(types=types, answer=answer).as_p()
    assert AGREEING not in shown and "•••••••••0000" in shown
    again = PersonForm(typed(jmbg="•••••••••0000"), types=types, answer=answer)
    assert again.is_valid() and again.answer()["facts"]["jmbg"] == AGREEING
    other = PersonForm(typed(jmbg="•••••••••0001"), types=types, answer=answer)
    assert list(other.errors) == ["jmbg"]
    assert list(PersonForm(typed(jmbg="•••••••••0000"), types=types).errors) == ["jmbg"]


def test_what_was_questioned_before_is_not_questioned_when_the_page_is_opened_again(types):
    answer = {"relation": "self", "facts": FACTS | {"jmbg": ELSEWHERE}}
    seen = PersonForm(types=types, answer=answer).initial["doubts_seen"]
    data = typed(jmbg=jmbg.masked(ELSEWHERE), doubts_seen=seen)
    assert PersonForm(data, types=types, answer=answer).is_valid()


def test_a_child_without_a_recorded_father_can_be_described(types):
    form = PersonForm(typed(jmbg="", father_name="", mother_name=""), types=types)
    assert form.is_valid()
    with translation.override("en"):
        assert "not recorded" in str(PersonForm(types=types).fields["father_name"].help_text)
    optional = {asked.code for asked in shipped.TYPES[0].facts if not asked.required}
    assert {"father_name", "mother_name"} < optional
