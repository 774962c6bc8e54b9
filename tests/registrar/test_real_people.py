"""Names, telephones, mailboxes and addresses as real people have them, all over the world."""

import pytest
from django.core.exceptions import ValidationError

from tests.registrar.test_forms import APPLICANT, ELSEWHERE, typed, types  # noqa: F401
from wagtail_diaspora.registrar.forms import ApplicantForm, DeliveryForm, PersonForm
from wagtail_diaspora.registrar.forms.fields import NameField
from wagtail_diaspora.registrar.papers import letter


@pytest.mark.parametrize(
    "name",
    [
        "O’Neill",
        "Đokić-van der Berg",
        "Đ",
        "Hadži-Ćišić ml.",
        "St. John",
        "Smith, Jr",
        "Šehić; Džananović",
        "Ana M.",
        "(rođ. Đukić)",
        "Þórður Æ. Jónsson",
        "İbrahim Çağlar Öz",
        "Muḥammad ibn ʿAbd",
        "Łukasz",
        "李·明",
        "ג׳ורג׳",
        "Љубиша Ђ.",
        "Kwok‑Wai",
        "ʻOkina",
        "Š" * 60,
    ],
)
def test_a_name_is_taken_as_it_is(name):
    assert NameField().clean(name) == name


def test_spaces_of_any_kind_are_one_space():
    assert NameField().clean("  Ana\u00a0 Marija\t") == "Ana Marija"


@pytest.mark.parametrize(
    ("country", "number", "read"),
    [
        ("SE", "040-123 45 67", "+46401234567"),
        ("SE", "0046 40 1234567", "+46401234567"),
        ("SE", "+46 (0)40 123 45 67", "+46401234567"),
        ("US", "(212) 456-7890", "+12124567890"),
        ("US", "011 387 61 123 456", "+38761123456"),
        ("CA", "00 387 61 123 456", "+38761123456"),
        ("JP", "00387 61 123-456", "+38761123456"),
        ("HK", "9123 4567", "+85291234567"),
        ("IS", "551 2345", "+3545512345"),
        ("BA", "061/123-456", "+38761123456"),
        ("DE", "tel. 0711 12345", "+4971112345"),
        ("DE", "٠١٧١ ١٢٣٤٥٦٧", "+491711234567"),
    ],
)
def test_a_telephone_is_read_as_people_write_it(country, number, read):
    form = ApplicantForm(APPLICANT | {"country": country, "phone": number})
    assert form.is_valid(), form.errors
    assert form.answer()["phone"] == read


@pytest.mark.parametrize("number", ["0", "00", "000000", "+", "12", "112", "++387"])
def test_what_is_no_telephone_is_said(number):
    assert list(ApplicantForm(APPLICANT | {"phone": number}).errors) == ["phone"]


@pytest.mark.parametrize(
    "address",
    [
        "ana+bih@example.net",
        "ana@müller.example",
        "ana@пример.срб",
        "o'neill@example.ie",
        "ANA@example.co.uk",
    ],
)
def test_a_mailbox_is_taken_as_it_is(address):
    form = ApplicantForm(APPLICANT | {"email": f" {address} "})
    assert form.is_valid() and form.answer()["email"] == address


@pytest.mark.parametrize(
    "address", ["аna@example.net", "ana@", "ana@example", "ana @example.net", "ana@@example.net"]
)
def test_what_cannot_be_written_to_is_said(address):
    assert list(ApplicantForm(APPLICANT | {"email": address}).errors) == ["email"]


def delivered(**address):
    data = {"method": "post", "name": "Ana Šućur", "postcode": "", **address}
    return DeliveryForm(data, methods=["post"])


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        (
            {"lines": "Storgatan 4\nlgh 1102", "postcode": "211 42", "city": "Malmö", "country": "SE"},
            ["Ana Šućur", "Storgatan 4", "lgh 1102", "211 42 Malmö", "SWEDEN"],
        ),
        (
            {"lines": "Apt 4B\n12 O’Connell St. Upr\nRathmines", "city": "Dublin", "country": "IE"},
            ["Ana Šućur", "Apt 4B", "12 O’Connell St. Upr", "Rathmines", "Dublin", "IRELAND"],
        ),
        (
            {
                "lines": "Flat 25, 12/F, Acacia Building\n150 Kennedy Road",
                "city": "Wan Chai",
                "country": "HK",
            },
            ["Ana Šućur", "Flat 25, 12/F, Acacia Building", "150 Kennedy Road", "Wan Chai", "HONG KONG"],
        ),
        (
            {
                "lines": "1-2-3 Marunouchi\nChiyoda-ku",
                "postcode": "100-0005",
                "city": "Tokyo",
                "country": "JP",
            },
            ["Ana Šućur", "1-2-3 Marunouchi", "Chiyoda-ku", "100-0005 Tokyo", "JAPAN"],
        ),
        (
            {"name": "Љубиша Ђурић", "lines": "Улица Краља Петра 5", "city": "Београд", "country": "RS"},
            ["Ljubiša Đurić", "Ulica Kralja Petra 5", "Beograd", "SERBIA"],
        ),
        (
            {
                "name": "Kos & Sohn c/o Müller, 2. OG",
                "lines": "Þórsgata 1",
                "city": "Reykjavík",
                "country": "IS",
            },
            ["Kos & Sohn c/o Müller, 2. OG", "Þórsgata 1", "Reykjavík", "ICELAND"],
        ),
        (
            {"lines": "Cara Dušana 1", "postcode": "78000", "city": "Banja Luka", "country": "BA"},
            ["Ana Šućur", "Cara Dušana 1", "78000 Banja Luka"],
        ),
    ],
)
def test_an_address_is_printed_for_its_post(address, printed):
    form = delivered(**address)
    assert form.is_valid(), form.errors
    answer = form.answer()
    answer.pop("method")
    assert letter._address(answer) == printed


@pytest.mark.parametrize("lines", ["東京都千代田区丸の内1-2-3", "شارع الملك 5", "Αθηνάς 5"])
def test_an_address_in_another_script_is_asked_in_latin_letters(english, lines):
    form = delivered(lines=lines, city="X", country="JP")
    assert form.errors == {
        "lines": ["Write the address in Latin letters, as the post of that country reads it."]
    }


def test_who_collects_needs_no_address():
    form = DeliveryForm({"method": "collect", "lines": "東京"}, methods=["post", "collect"])
    assert form.is_valid() and form.answer() == {"method": "collect"}


def test_a_wrong_check_digit_is_an_error_and_no_question(types, english):  # noqa: F811
    form = PersonForm(typed(jmbg=f"{ELSEWHERE[:-1]}5"), types=types)
    assert list(form.errors) == ["jmbg"] and "does not agree" in form.errors["jmbg"][0]


def test_another_sex_is_a_question_and_no_error(types, english):  # noqa: F811
    form = PersonForm(typed(jmbg="0104962160000", sex="F"), types=types)
    assert form.non_field_errors() == ["The JMBG tells another sex than the one given."]


@pytest.mark.parametrize("name", ["Ana 2", "<b>", "Ana & Ivo", "–"])
def test_what_is_no_name_is_said(name):
    with pytest.raises(ValidationError):
        NameField().clean(name)
