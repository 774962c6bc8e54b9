import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lacking import lacking
from wagtail_diaspora import scripts

DICTIONARY = Path("/usr/share/hunspell/sr_RS.dic")
SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("injekcija", "инјекција"),
        ("konjunktura", "конјунктура"),
        ("nadživjeti", "надживјети"),
        ("Tanjug", "Танјуг"),
        ("podžanr", "поджанр"),
        ("odžak", "оџак"),
        ("džep", "џеп"),
        ("LJUBLJANA", "ЉУБЉАНА"),
        ("Ljubljana", "Љубљана"),
        ("ǌegov ǆep", "његов џеп"),
        ("Ðorđe", "Ђорђе"),
        ("Njegoš, NJEGOŠ", "Његош, ЊЕГОШ"),
        ("bez JMBG-a", "без ЈМБГ-а"),
        ("općina Sanski Most", "опћина Сански Мост"),
        ("Web-stranica na webu Wagtaila", "Веб-страница на вебу Wagtaila"),
    ],
)
def test_to_cyrillic_word_by_word(latin, cyrillic):
    assert scripts.to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    "kept",
    [
        "maticar@prijedor.ba",
        "https://prijedor.ba/izvod?a=1",
        "www.prijedor.ba",
        "BA39 1290 0794 0102 8494",
        "%(name)s",
        "%(value)r",
        "{name}",
        "IPv6",
        "[[HH:]MM:]ss[.uuuuuu]",
        "<strong>",
        "&nbsp;",
        "II",
        "20 KM",
        "10 MB",
        "7KM-2XQ-9TB",
        "PDF",
    ],
)
def test_to_cyrillic_leaves_alone(kept):
    assert scripts.to_cyrillic(f"Hvala {kept} hvala") == f"Хвала {kept} хвала"


def test_to_latin_capital_digraphs_follow_their_word():
    assert scripts.to_latin("ЉУБЉАНА Љубљана ЖУЉ Њ. Џеп") == "LJUBLJANA Ljubljana ŽULJ Nj. Džep"


@given(st.text(alphabet=SERBIAN + SERBIAN.upper() + " -.,", max_size=40))
def test_to_latin_leaves_no_cyrillic_letter(text):
    assert not re.search(f"[{SERBIAN}]", scripts.to_latin(text), re.IGNORECASE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đorđević", "Djordjevic"),
        ("Đorđević", "Dordevic"),
        ("Ђорђевић", "Đorđević"),
        ("HADŽIĆ-Müller", "hadzic muller"),
        ("O’Šej", "o'sej"),
        ("Łukasz", "Lukasz"),
        ("Çelik Gülşen", "celik gulsen"),
    ],
)
def test_fold_words_are_alike(one, other):
    assert scripts.fold_words(one) == scripts.fold_words(other)


def test_fold_words_part_at_every_apostrophe_and_hyphen():
    assert scripts.fold_words("Ana-Marija d’Este (Kovač)") == ["ana", "marija", "d", "este", "kovac"]


def test_is_cyrillic_by_most_letters():
    assert [scripts.is_cyrillic(t) for t in ("Мара", "Mara", "", "Мара M.")] == [True, False, False, True]


def words_of_the_dictionary():
    if not DICTIONARY.exists():
        lacking("hunspell-sr is missing (apt-get install hunspell-sr).")
    lines = DICTIONARY.read_text(encoding="utf-8").splitlines()[1:]
    lemmas = {line.partition("/")[0] for line in lines}
    words = {lemma for lemma in lemmas if re.fullmatch(rf"[{SERBIAN}{SERBIAN.upper()}-]+", lemma)}
    assert len(words) > 190_000
    return {word for word in words if not word.isupper()}


def test_dictionary_lemmas_are_written_right():
    words = words_of_the_dictionary()
    misses = sorted(word for word in words if scripts.to_cyrillic(scripts.to_latin(word)) not in words)
    assert len(misses) < 10, misses
