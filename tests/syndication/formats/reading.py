"""Formats read back by parsers of others."""

import json
from pathlib import Path

import feedparser
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from lxml import etree

SCHEMAS = Path(__file__).parent.parent / "schemas"


def parsed(document: bytes) -> feedparser.FeedParserDict:
    return feedparser.parse(document, sanitize_html=False)


def elements(document: bytes, path: str) -> list:
    """By local names: `channel/item/title`."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    return etree.fromstring(document).xpath(f"/{steps}")


def texts(document: bytes, path: str) -> list[str | None]:
    return [element.text for element in elements(document, path)]


def schema_problems(document: bytes, schema: str) -> list[str]:
    rules = json.loads((SCHEMAS / schema).read_text())
    validator = validator_for(rules)
    checker = validator(rules, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [
        f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(json.loads(document))
    ]
