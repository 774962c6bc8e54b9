import io
import re

import pikepdf
import pypdf
import pytest
from django.core import management
from django.utils import translation
from django.utils.translation import gettext

from tests.factories.registrar import FACTS, an_office, an_order
from tests.pdf import text_of
from wagtail_diaspora.pdf import Document
from wagtail_diaspora.registrar import offer, papers, shipped
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.models import Order, Paper
from wagtail_diaspora.registrar.samples import sample_order

pytestmark = pytest.mark.django_db


def tags_of(pdf):
    """Kinds of the structure elements, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = []

        def walk(element):
            if isinstance(element, pikepdf.Dictionary) and "/S" in element:
                found.append(str(element.S))
                for kid in element.get("/K", []):
                    walk(kid)

        walk(opened.Root.StructTreeRoot.K[0])
        return found


@pytest.fixture(scope="module")
def samples(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("papers")
    offer._load.cache_clear()  # the fixture that does it for each test comes later
    with django_db_blocker.unblock():
        management.call_command("diaspora_sample_papers", folder, verbosity=0, stdout=io.StringIO())
        left = Order.objects.count()
    assert not left
    return {(path.parent.name, path.stem): path.read_bytes() for path in folder.glob("*/*.pdf")}


def test_there_is_each_paper_in_each_language(samples):
    of_types = {f"{paper}-{kind.code}" for paper in ("sheet", "blank") for kind in shipped.TYPES}
    kinds = {"receipt", "request", "letter", "refusal"} | of_types
    assert set(samples) == {(c, k) for k in kinds for c in ("bs", "sr", "hr", "sr-latn", "de", "en")}


def test_each_is_tagged_and_marked_for_archives(samples):
    for name, content in samples.items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            root = pdf.Root
            assert root.MarkInfo.Marked and root.ViewerPreferences.DisplayDocTitle, name
            assert str(root.Lang).startswith(name[0][:2]), name
            assert root.OutputIntents[0].S == "/GTS_PDFA1"
            xmp = pdf.open_metadata()
            assert xmp["pdfaid:part"] == "2" and xmp["pdfuaid:part"] == "1"
            for page in pdf.pages:
                assert page.Tabs == "/S"
                for font in page.Resources.Font.values():
                    assert "Italic" not in str(font.BaseFont)
                    assert "/FontFile2" in font.FontDescriptor, name
        assert tags_of(content)[:1] == ["/Document"] and "/H1" in tags_of(content)


def test_every_stream_ends_on_a_line_of_its_own(samples):
    for content in samples.values():
        assert len(re.findall(rb"endstream\nendobj", content)) == len(
            re.findall(rb"\nendstream\nendobj", content)
        )


def test_a_sheet_is_in_the_script_of_the_document(samples):
    cyrillic, latin = text_of(samples["sr", "sheet-birth"]), text_of(samples["bs", "sheet-birth"])
    assert "Шућур-Ђорђевић Хаџиселимовић" in cyrillic and "МКР Љубија" in cyrillic
    assert "Šućur-Đorđević Hadžiselimović" in latin


def test_the_letter_has_the_address_for_the_window(samples):
    page = text_of(samples["de", "letter"])
    assert (
        "Königin-Katharina-Stiftsstraße 121 b\nHinterhaus, 4. Stock links\n70173 Stuttgart\nGERMANY" in page
    )
    assert "/Figure" in tags_of(samples["de", "letter"])
    with pikepdf.open(io.BytesIO(samples["de", "letter"])) as pdf:
        alts = [str(e.Alt) for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/Alt" in e]
    assert any("Prüfseite" in alt for alt in alts)


def test_the_letterhead_reads_as_one_address(samples):
    assert "Trg oglednih primjeraka 1, 79000 Primjer · +387" in text_of(samples["bs", "receipt"])


def test_a_request_counts_its_documents_and_has_the_delivery_apart(samples):
    words = text_of(samples["bs", "request"])
    assert "2 × Izvod iz matične knjige rođenih, međunarodni (internacionalni) · Bosanski, latinica" in words
    assert "Dostava\nNačin\nPoštom" in words


def test_what_is_signed_stands_above_the_signature(samples):
    for language in ("bs", "hr", "sr", "sr-latn", "de", "en"):
        last = pypdf.PdfReader(io.BytesIO(samples[language, "request"])).pages[-1].extract_text()
        with translation.override(language):
            said = [gettext("I declare that what is written above is true."), gettext("Place and date")]
            assert all(each in last for each in [*said, gettext("Signature")]), language


def test_a_blank_says_where_to_send_it_on_one_page(samples):
    """In every language: the heading, and the last row below it."""
    for (language, kind), content in samples.items():
        if kind.startswith("blank"):
            last = pypdf.PdfReader(io.BytesIO(content)).pages[-1].extract_text()
            with translation.override(language):
                assert gettext("Where you send it") in last, (language, kind)
            assert "maticar@example.org" in last


def test_a_receipt_names_nobody(samples):
    for language in ("bs", "sr", "de"):
        words = text_of(samples[language, "receipt"])
        assert not re.search("Šućur|Шућур|Großmüller|Stuttgart|example.org.*@", words)


def test_a_multilingual_sheet_is_written_as_the_convention_says(samples):
    """Latin letters, DD MM YYYY, M or F; the record's own script beside it; what is unknown is struck."""
    latin, cyrillic = (text_of(samples[c, "sheet-death-multilingual"]) for c in ("bs", "sr"))
    assert "CIEC C" in latin and "Jo –– Mo 11 An 1994, Malmö, Švedska" in latin
    assert "Jo –– Mo –– An 1931" in latin
    assert "Ćosić-Šućur" in cyrillic and "Ћосић-Шућур" in cyrillic
    assert "Jo –– Mo 11 An 1994, Malmö, Švedska\nJo –– Mo 11 An 1994, Malmö, Шведска" in cyrillic
    english = samples["en", "sheet-death-multilingual"]
    with pikepdf.open(io.BytesIO(english)) as pdf:
        struck = [
            e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "Struck" in str(e.get("/Alt"))
        ]
    assert len(struck) == 1  # the mother, whom nobody named
    assert "This is not the document" in text_of(english)


def test_the_spouses_stand_in_the_columns_of_the_blank(samples):
    words = " ".join(text_of(samples["en", "sheet-marriage-multilingual"]).split())
    for box in (
        "5 (7) Husband: name before the marriage Ćehajić-Njegovan",
        "5 (10) Husband: name after the marriage Hadžiselimović",
        "6 (8) Wife: forenames Ljubica Nedžada Đurđica",
        "6 (9) Wife: date and place of birth Jo 01 Mo 04 An 1962, Donja Ljubija",
    ):
        assert box in words


def test_a_box_waits_for_the_clerk_where_nobody_knows_who_is_the_husband():
    office = an_office()
    facts = FACTS | {"sex": "", "spouse_forenames": "Ana"}
    order = an_order(office, types=("marriage-multilingual",), persons=[AskedPerson("self", facts)])
    item = order.items.select_related("document_type", "person", "order__municipality").get()
    words = text_of(papers.preparation_sheet(item, language="en"))
    assert "Husband: forenames by hand" in words.replace("\n", " ")


def test_a_refusal_gives_the_reason_and_the_remedy(samples):
    words = text_of(samples["en", "refusal"]).replace("\n", " ")
    assert "8. Certificate of free marital status" in words and "9. Household statement" in words
    assert "nema prijave prebivališta" in words and "04-202-1234/26" in words
    assert "Ask this office which legal remedy you have" in words


def test_a_refusal_says_the_remedy_in_the_words_of_the_office():
    order = sample_order(language="bs")
    order.municipality.registrar_settings.remedy = {"bs": "Žalba u roku od 15 dana, ogledni tekst."}
    refused = order.items.filter(state="refused").select_related("document_type", "person")
    words = text_of(papers.refusal_letter(order, refused, language="bs"))
    assert "Žalba u roku od 15 dana, ogledni tekst." in words.replace("\n", " ")
    assert "Ask this office" not in words


def test_a_blank_request_asks_what_the_order_asks(samples):
    words = text_of(samples["en", "blank-death"]).replace("\n", " ")
    for asked in ("Date of death", "If it was abroad", "Last residence", "write month and year"):
        assert asked in words
    assert "I am the child, also adopted or a stepchild (send with it: An extract, from any country" in words
    assert "It is about me" not in words
    assert "Official Gazette of Republika Srpska 111/09" in words
    assert "5.00" in words and "15 working days" in words and "maticar@example.org" in words
    assert "It is about me" in text_of(samples["en", "blank-birth"])
    assert not re.search("Šućur|Großmüller", words)


def test_long_text_goes_on_to_the_next_page_and_stays_in_order():
    document = Document(title="Long", language="bs", author="Grad", footer="A")
    document.heading("Naslov")
    document.paragraph(" ".join(f"riječ{number}" for number in range(3000)))
    document.table(["A", "B"], [[str(n), "x" * 200] for n in range(60)], [0.5, 0.5])
    pdf = document.render()
    words = re.findall(r"riječ\d+", text_of(pdf))
    assert words == [f"riječ{number}" for number in range(3000)]
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 3
    assert tags_of(pdf).count("/P") == 1


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Nguyễn", "Nguyen"),
        ("漢字", "??"),
        ("Љубица Ђ.", "Љубица Ђ."),
        ("a\u200bb", "ab"),
        ("x\u00a0y", "x y"),
    ],
)
def test_letters_that_the_font_lacks_are_printed_as_near_as_can_be(written, printed):
    document = Document(title="T", language="bs", author="A")
    document.paragraph(written)
    assert printed in text_of(document.render()).replace("\u00a0", " ")


def test_a_letter_lists_the_papers_of_this_order_with_their_codes():
    order = sample_order(language="sr")
    words = text_of(papers.cover_letter(order, Paper.objects.filter(order=order), language="sr"))
    paper = Paper.objects.get(order=order)
    assert paper.number in words.replace("\n", "")
    assert f"{paper.code[:4]}-{paper.code[4:8]}" in words
