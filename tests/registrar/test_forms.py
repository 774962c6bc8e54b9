import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories.municipalities import MunicipalityFactory
from tests.factories.registrar import FACTS, an_office
from wagtail_diaspora import dates
from wagtail_diaspora.registrar import jmbg, shipped
from wagtail_diaspora.registrar.flow import name_of
from wagtail_diaspora.registrar.forms import ApplicantForm, PersonForm, common_relations
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
        "-",  # of whoever has one name only
    ],
)
def test_a_name_of_any_script_is_taken(name):
    assert NameField().clean(name) == name


def test_who_has_one_name_only_is_told_how_to_write_it_and_called_by_it(english):
    with pytest.raises(ValidationError, match="a hyphen"):
        NameField().clean("")
    assert name_of({"forenames": "-", "family_name": "Suharto"}) == "Suharto"


@pytest.mark.parametrize(
    "name", ["<b>Ana</b>", "Ana1", "R2D2", "Ana & Co", "'", "–", "…", "Ana@example", "Ⅳ", "_x"]
)
def test_digits_signs_and_markup_are_no_name(name):
    with pytest.raises(ValidationError):
        NameField().clean(name)


def test_no_purpose_is_chosen_for_the_applicant():
    assert list(ApplicantForm(APPLICANT | {"purpose": ""}).errors) == ["purpose"]
    assert ApplicantForm().fields["purpose"].choices[0] == ("", "—")


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


@pytest.fixture
def offer(db):
    return offer_of(an_office().registrar_settings)


DEATH = {"relation": "child", "date_of_death": "1994", "place_of_death": "Malmö, Švedska"}


def test_each_fact_is_asked_once_and_as_the_strictest_document_asks_it(offer):
    birth, marriage, death = (offer.get(code) for code in ("birth", "marriage", "death"))
    for types in ([birth, marriage, death], [death, marriage, birth]):
        fields = PersonForm(types=types).fields
        asked = {fact.code for kind in types for fact in kind.facts}
        assert set(fields) == asked | {"relation", "doubts_seen"}
        assert type(fields["date_of_birth"]) is dates.DateField and fields["date_of_birth"].required
        assert fields["place_of_birth"].required and fields["date_of_death"].required
    alone = PersonForm(types=[death]).fields
    assert type(alone["date_of_birth"]) is dates.PartialDateField and not alone["date_of_birth"].required


def test_who_may_ask_for_all_documents_of_a_person(offer):
    birth, death = offer.get("birth"), offer.get("death")
    assert "self" in common_relations([birth])
    assert "self" not in common_relations([death])
    assert common_relations([birth, death]) == [
        "parent",
        "child",
        "spouse",
        "sibling",
        "grandparent",
        "grandchild",
        "adopter",
        "proxy",
    ]


def test_the_paper_that_a_relation_needs_is_told_beside_it(offer):
    with translation.override("en"):
        options = {str(value): str(label) for value, label in _relations([offer.get("birth")])}
        both = dict(_relations([offer.get("birth"), offer.get("citizenship")]))
    assert options["self"] == "It is about me" and options["parent"] == "I am the parent"
    assert 'diaspora-option-note">The decision on the guardianship<' in options["guardian"]
    assert "as a parent of this person" in both["parent"]


def _relations(types):
    return PersonForm(types=types).fields["relation"].choices


@pytest.mark.parametrize("written", ["1994", "11/1994", "novembar 1994", "3. 11. 1994."])
def test_a_death_may_be_known_by_its_year_alone(offer, written):
    names = {"family_name": "Ćosić", "forenames": "Žana"}
    form = PersonForm(names | DEATH | {"date_of_death": written}, types=[offer.get("death")])
    assert form.is_valid(), form.errors
    assert form.answer()["facts"]["date_of_death"].startswith("1994")


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"date_of_death": "2999"}, "date_of_death"),
        ({"date_of_death": "1849"}, "date_of_death"),
        ({"date_of_birth": "12. 2999."}, "date_of_birth"),
    ],
)
def test_a_date_that_cannot_be_is_an_error(offer, facts, name):
    names = {"family_name": "Ćosić", "forenames": "Žana"}
    assert list(PersonForm(names | DEATH | facts, types=[offer.get("death")]).errors) == [name]


def test_a_death_before_the_birth_is_questioned_once(offer):
    data = {"family_name": "Ćosić", "forenames": "Žana", **DEATH, "date_of_birth": "1995"}
    with translation.override("en"):
        form = PersonForm(data, types=[offer.get("death")])
        assert form.non_field_errors() == ["The death lies before the date of birth."]
    seen = {"doubts_seen": form.data["doubts_seen"]}
    assert PersonForm(data | seen, types=[offer.get("death")]).is_valid()
    same = PersonForm(data | {"date_of_birth": "1994"}, types=[offer.get("death")])
    assert same.is_valid()


def test_a_jmbg_is_compared_with_as_much_of_the_birth_date_as_is_known(offer):
    data = {"family_name": "Ćosić", "forenames": "Čedo", "sex": "M", "jmbg": AGREEING, **DEATH}
    death = [offer.get("death")]
    assert PersonForm(data | {"date_of_birth": "4. 1962."}, types=death).is_valid()
    with translation.override("en"):
        doubted = PersonForm(data | {"date_of_birth": "1963"}, types=death)
        assert doubted.non_field_errors() == ["The JMBG tells another date of birth than the one given."]


@pytest.mark.parametrize("code", [kind.code for kind in shipped.TYPES])
def test_every_shipped_type_asks_who_it_is_and_lets_a_proxy_ask(db, code):
    office = an_office()
    office.document_types.update(active=True)
    kind = offer_of(office.registrar_settings).get(code)
    form = PersonForm(types=[kind])
    assert form.fields["family_name"].required and form.fields["forenames"].required
    assert not form.fields["jmbg"].required
    proxy = kind.paper_for("proxy")
    assert proxy.paper_required and "apostille" in proxy.paper["en"]
    assert all(bool(relation.paper) == relation.paper_required for relation in kind.relations)


@pytest.mark.parametrize(
    ("entity", "gazette"), [("fbih", "37/12, 80/14"), ("rs", "111/09, 43/13"), ("brcko", "")]
)
def test_the_law_is_that_of_the_entity(db, entity, gazette):
    office = MunicipalityFactory(entity=entity)
    shipped.add_document_types(office)
    said = office.document_types.get(code="death").legal_basis.get("en", "")
    assert gazette in said and bool(gazette) == bool(said)
    assert not office.document_types.get(code="household").legal_basis


def test_what_an_office_has_already_is_left_alone(db):
    office = an_office()
    office.document_types.filter(code="birth").update(fee_minor=777)
    office.document_types.exclude(code="birth").delete()
    added = shipped.add_document_types(office)
    assert {kind.code for kind in added} == {kind.code for kind in shipped.TYPES} - {"birth"}
    assert office.document_types.get(code="birth").fee_minor == 777
    assert [kind.code for kind in office.document_types.filter(active=True)] == ["birth"]


def test_a_new_office_offers_all_but_what_some_places_only_have(db):
    office = an_office()
    assert [kind.code for kind in office.document_types.filter(active=False)] == ["household"]
