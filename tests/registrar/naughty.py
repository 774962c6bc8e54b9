"""Strings that break programs: each is hostile to another layer between a browser and a database."""

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert`1`>",
    "</textarea></title><b>bold</b>",
    '<a href="javascript:alert(1)">Ana</a>',
    "&lt;b&gt;&amp;amp;&#60;",
    "]]><!--<!DOCTYPE html><?php echo 1 ?>",
]
TEMPLATES = [
    "{{ settings.SECRET_KEY }}",
    "{% debug %}",
    "{% load static %}{# x #}",
    "%(name)s %s %n %d",
    "{0.__class__}",
    "${7*7}",
]
QUERIES = [
    "'; DROP TABLE auth_user; --",
    "1' OR '1'='1",
    "\\'; SELECT pg_sleep(9); --",
    "%_%",
    "\\",
    "/* */ --",
]
CONTROLS = [
    "\x00",
    "Ana\x00Marija",
    "\x01\x02\x1b[31m\x7f",
    "\r\nBcc: all@example.net\r\n\r\nx",
    "\x85\u2028\u2029",
    "\ufffe\uffff",
]
SURROGATES = ["\ud800", "A\udfffB", "\udc00\ud800"]
MARKS = [
    "\u202eanA\u202c",
    "\u2066x\u2069\u200f",
    "A\u200b\u200c\u200d\ufeffB",
    "Z" + "\u0335\u0489" * 40,
    "e\u0301\u0301\u0301",
    "\u00ad",
]
LETTERS = ["😀👩‍👩‍👧‍👦🇧🇦", "ﷺ𝕬𝖓𝖆Ⅳ①", "İıßſﬁ", "田中さくら", "محمد", "ǅǈǋ", "¼²", "٣١٢"]
LONG = ["a" * 5000, "Š" * 301, " " * 2000, "\n" * 2000, "9" * 5000, "a" * 119 + " b" * 500]
NUMBERS = ["-1", "0", "1e309", "NaN", "Infinity", "0x7f", "99999999999999999999", "1,5", "١", "²", "1_000"]
DATES = [
    "31.2.1962.",
    "0.0.0000.",
    "29.2.1900.",
    "32/13/99999",
    "1.1.1",
    "99999999",
    "1962-02-30",
    "1. 4. 1962. 25:61",
]
LIKE_OTHER_THINGS = [
    "null",
    "undefined",
    "[]",
    "{}",
    "true",
    "../../etc/passwd",
    "http://[::1",
    "=1+1",
    "file:///x",
    "@",
    "a@b@c",
    "+",
]

ALL = [
    *MARKUP,
    *TEMPLATES,
    *QUERIES,
    *CONTROLS,
    *SURROGATES,
    *MARKS,
    *LETTERS,
    *LONG,
    *NUMBERS,
    *DATES,
    *LIKE_OTHER_THINGS,
]
