"""Running text and HTML in Cyrillic. The sentences are our own, in the manner of a municipality's news."""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_diaspora.cyrillic import cyrillic_html, serbian_script, to_cyrillic_text
from wagtail_diaspora.kept import KEPT
from wagtail_diaspora.scripts import to_latin

from .test_scripts import SERBIAN, words_of_the_dictionary

LINES = Path(__file__).with_name("news_in_two_scripts.tsv").read_text(encoding="utf-8").splitlines()
NEWS = [tuple(line.split("\t")) for line in LINES]
LETTERS = st.text(alphabet=SERBIAN, min_size=1, max_size=12).map(to_latin)
WORDS = st.one_of(LETTERS, LETTERS.map(str.capitalize))
SENTENCES = st.lists(WORDS, max_size=6).map(" ".join)
VALUES = st.text(alphabet="abjnlžđNLJ <>/=.&'", max_size=12)
ATTRIBUTES = st.dictionaries(st.sampled_from(["href", "class", "data-naslov", "id"]), VALUES, max_size=3)
PLAIN = st.tuples(st.sampled_from(["p", "a", "b", "li", "STRONG", "h2"]), ATTRIBUTES)


def wrapped(element, inside):
    (tag, attributes), inner = element, " ".join(inside)  # "A" beside "Lj" is no word
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{said}>{inner}</{tag}>"


HTML = st.recursive(
    st.one_of(SENTENCES, st.sampled_from(["<br>", "<hr/>", "&amp;", "&nbsp;", "<!-- naslov -->"])),
    lambda inner: st.builds(wrapped, PLAIN, st.lists(inner, max_size=4)),
    max_leaves=12,
)


class Marks(HTMLParser):
    """What a browser reads, without the texts."""

    def __init__(self, html):
        super().__init__()
        self.seen = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((self.get_starttag_text(), attrs))

    def handle_endtag(self, tag):
        self.seen.append(tag)

    def handle_comment(self, data):
        self.seen.append(data)


@pytest.mark.parametrize(("latin", "cyrillic"), NEWS, ids=range(len(NEWS)))
def test_news_is_written_right(latin, cyrillic):
    assert to_cyrillic_text(latin) == cyrillic
    assert cyrillic_html(latin) == cyrillic
    assert to_cyrillic_text(unicodedata.normalize("NFD", latin)) == unicodedata.normalize("NFC", cyrillic)


def test_no_word_of_the_dictionary_counts_as_foreign():
    words = {to_latin(word) for word in words_of_the_dictionary()}
    kept = {word for word in words if KEPT.search(word) or KEPT.search(word.capitalize())}
    foreign = {"cm", "instagram", "kg", "km", "the", "Mationi"}
    misspelt = {"dekuplovannje", "monitorinng", "vakuummetar"}
    assert kept <= foreign | misspelt


@pytest.mark.parametrize(
    ("html", "cyrillic"),
    [
        (
            '<a href="/vijesti" title="Sve vijesti">Vijesti</a>',
            '<a href="/vijesti" title="Све вијести">Вијести</a>',
        ),
        (
            "<IMG SRC='most.jpg' Alt = 'Most' data-alt='Most'>",
            "<IMG SRC='most.jpg' Alt = 'Мост' data-alt='Most'>",
        ),
        ("<img data-x=' title=\"Most\"' alt=Most>", "<img data-x=' title=\"Most\"' alt=Мост>"),
        ("<p>Naredba <code>ime</code> stoji</p>", "<p>Наредба <code>ime</code> стоји</p>"),
        ('<p translate="no">Naslov</p><p>Naslov</p>', '<p translate="no">Naslov</p><p>Наслов</p>'),
        ('<i class="x notranslate"><b>Ime</b></i> ime', '<i class="x notranslate"><b>Ime</b></i> име'),
        ('Grad <span lang="de">Stadt</span> grad', 'Град <span lang="de">Stadt</span> град'),
        ('<p lang="bs">Grad <b>Grad</b></p>', '<p lang="bs">Grad <b>Grad</b></p>'),
        (
            '<p lang="de">Stadt <q lang="sr-Latn">grad</q></p>',
            '<p lang="de">Stadt <q lang="sr-Latn">град</q></p>',
        ),
        ('<img lang="de" alt="Stadt"> grad', '<img lang="de" alt="Stadt"> град'),
        ("<style>p { color: red }</style><script>var a = 'grad<b';</script>", None),
        ("<!doctype html><!-- grad --><?xml naslov?>", None),
        (
            "<p>&#353;kola, Op&cacute;ina &amp; Sin&nbsp;d.o.o.</p>",
            "<p>школа, Опћина &amp; Син&nbsp;д.о.о.</p>",
        ),
        ("put od 5&nbsp;m i 7&#160;t", "пут од 5&nbsp;m и 7&#160;t"),
        ("https://primjer.ba/?a=1&amp;strana=2 ovdje", "https://primjer.ba/?a=1&amp;strana=2 овдје"),
        ("a < b i &nepoznato; <a href='kraj", None),
        ("<a href='kraj", None),
        ("", None),
    ],
)
def test_html_keeps_its_marks(html, cyrillic):
    if cyrillic is None:
        assert Marks(cyrillic_html(html)).seen == Marks(html).seen
        assert to_latin(cyrillic_html(html)) == html
    else:
        assert cyrillic_html(html) == cyrillic


@given(HTML)
def test_tags_are_unchanged_and_the_way_back_gives_the_same(html):
    written = cyrillic_html(html)
    assert Marks(written).seen == Marks(html).seen
    assert to_latin(written) == html


@given(HTML)
def test_no_latin_letter_of_a_pure_serbian_text_is_left(html):
    text = re.sub(r"<!--.*?-->|<[^>]*>|&\w+;", "", cyrillic_html(re.sub('="[^"]*"', '=""', html)))
    kept = {found.group() for found in KEPT.finditer(to_latin(text))}
    assert kept or not re.search("[A-Za-zčćđšž]", text)


@given(st.text(alphabet="<>/!?-='\"& abnjžlt;#1p\n", max_size=60))
def test_broken_html_loses_nothing(html):
    assert to_latin(cyrillic_html(html)) == html


@pytest.mark.parametrize(
    ("code", "script"),
    [
        ("sr", ""),
        ("sr-latn", "latn"),
        ("sr_Latn-BA", "latn"),
        ("sr-Cyrl", "cyrl"),
        ("sr-BA", ""),
        ("bs", None),
    ],
)
def test_serbian_script_of_a_code(code, script):
    assert serbian_script(code) == script
