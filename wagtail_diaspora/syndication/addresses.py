"""Where feeds are read, as paths: the same on every Site, since they name the municipality."""

from typing import Any

from django.urls import reverse
from django.utils import translation

__all__ = ["ALL", "feed", "file_path", "page"]

ALL = "all"
"""The selection of every topic; so no topic has this code."""


def file_path(code: str, language: str, selection: str, form: Any) -> str:
    """The name of a feed's bytes, `form` being a `formats.Format`."""
    return f"{code}/{language}/{selection}/{form.name}.{form.suffix}"


def feed(path: str) -> str:
    return _address("feed", path=path)


def page() -> str:
    """For people: which feeds there are, and what they are for."""
    return _address("feeds")


def _address(name: str, **kwargs: Any) -> str:
    with translation.override(None):
        return reverse(f"diaspora_syndication:{name}", kwargs=kwargs)
