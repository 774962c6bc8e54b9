"""Follows every link of a screen, once for each kind of screen."""

import json
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""/(?:admin|diaspora)/[^\s"'<>\\&;,]*""")
LEFT_OUT = re.compile("logout|sprite|jsi18n|script-words|/api/|styleguide|serve|failwhale|test404")


def walk(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Address and markup of each screen."""
    ahead, seen = list(starts), set()
    while ahead:
        url = ahead.pop(0)
        kind = kind_of(url)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        response = client.get(url)
        if response.status_code in (301, 302):
            ahead.append(response["Location"])
        for markup in markup_of(response):
            yield url, markup
            ahead += [found.replace("{{#id}}", "0") for found in LINK.findall(markup.replace("&amp;", "&"))]


@cache
def kind_of(url: str) -> tuple | None:
    """The view and its words, whatever its keys: two pages of one kind are one screen; no other language."""
    path, query = urlsplit(url)[2:4]
    if LEFT_OUT.search(path) or "language=" in query:
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return (path,)
    values = [*map(str, match.args), *map(str, match.kwargs.values())]
    words = tuple(value for value in values if not re.fullmatch(r"\d+|[0-9a-f-]{36}", value))
    return (match.view_name, *words)


def markup_of(response: HttpResponse) -> list[str]:
    if response.streaming:
        return []
    text, kind = response.content.decode(errors="replace"), response.get("Content-Type", "")
    if kind.startswith("text/html"):
        return [text]
    if kind.startswith("application/json"):
        answer = json.loads(text)
        return [answer["html"]] if isinstance(answer, dict) and isinstance(answer.get("html"), str) else []
    return []
