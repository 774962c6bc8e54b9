"""IPTC's ninjs: one item, a list of them, or a document that has them under a name.

Public API: `items_of`, `about`, `raw`. Version 1 has one text of each kind, version 3 a list of them with
roles.
"""

from typing import Any

from .cleaning import escaped, whole
from .results import Raw

__all__ = ["about", "items_of", "raw"]

LISTS = ("items", "products", "associations")
ENDED = ("canceled", "cancelled", "withheld")


def items_of(document: Any) -> list[Any]:
    """Nothing where it is no ninjs: only there has an item a `uri`."""
    if isinstance(document, list):
        candidates = [document]
    elif _is_item(document) and document.get("type") != "composite":
        candidates = [[document]]
    elif isinstance(document, dict):
        candidates = [_many(document.get(name)) for name in LISTS]
    else:
        candidates = []
    return next((found for found in candidates if any(map(_is_item, found))), [])


def about(document: Any) -> dict[str, Any]:
    """What a document says of itself, if it is more than an item."""
    outer = document if isinstance(document, dict) else {}
    return {
        "title": outer.get("title") or outer.get("headline"),
        "language": outer.get("language", ""),
        "home_url": _also(_named(outer), "web"),
        "self_url": _also(_named(outer), "url"),
    }


def raw(item: dict[str, Any]) -> Raw:
    said = _named(item)
    source = _source(said)
    publisher = _publisher(said)
    return Raw(
        guid=said["uri"],
        kind=said.get("profile"),
        version=said.get("version"),
        url=said.get("canonicalurl") or _also(said, "web") or _web(said["uri"]),
        title=said.get("headline") or said.get("title") or _text(said.get("headlines")),
        summary=escaped(said.get("description_text") or _text(said.get("descriptions"))),
        html=said.get("body_html") or said.get("body_xhtml") or _body(said, "html"),
        text=said.get("body_text") or _body(said, "plain"),
        language=said.get("language", ""),
        author=said.get("byline") or said.get("by"),
        picture_url=_picture(said.get("associations")).get("href"),
        picture=_jpeg(said.get("associations")),
        rights=escaped(said.get("usageterms") or said.get("copyrightnotice")),
        rights_url=_linked_rights(said),
        email=_contact(publisher, "email"),
        phone=_contact(publisher, "phone"),
        published=said.get("firstcreated") or said.get("versioncreated"),
        updated=said.get("versioncreated") or said.get("contentcreated"),
        topics=[one.get(name) for name in ("name", "code", "literal") for one in _subjects(said)],
        source_name=source.get("name"),
        source_url=source.get("uri") or _contact(source, "web"),
        withdrawn=said.get("pubstatus") in ENDED,
        note=said.get("ednote"),
        embargoed_until=said.get("embargoed") or said.get("embargoeduntil") or said.get("embargoedreason"),
    )


def _named(thing: dict[str, Any]) -> dict[str, Any]:
    """Version 1 writes names in small letters, version 3 has large ones in between."""
    return {name.lower(): value for name, value in thing.items()}


def _many(values: Any) -> list[Any]:
    """A list, or an object of which the names are only numbers."""
    if isinstance(values, dict):
        return list(values.values())
    return values if isinstance(values, list) else []


def _parts(values: Any) -> list[dict[str, Any]]:
    return [_named(value) for value in _many(values) if isinstance(value, dict)]


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("uri"), str)


def _of_role(values: Any, *roles: str) -> dict[str, Any]:
    """The first part that has one of these roles, else the first."""
    found = _parts(values)
    named = (one for role in roles for one in found if role in (one.get("role"), one.get("rel")))
    return next(named, found[0] if found else {})


def _text(values: Any) -> Any:
    return _of_role(values, "main").get("value")


def _body(said: dict[str, Any], kind: str) -> Any:
    bodies = _parts(said.get("bodies"))
    return next((body.get("value") for body in bodies if kind in str(body.get("contenttype", "html"))), "")


def _also(said: dict[str, Any], kind: str) -> Any:
    """Its other names: an object in version 1, a list in version 3."""
    names = said.get("altids")
    if isinstance(names, dict):
        return names.get(kind)
    return next((one.get("value") for one in _parts(names) if one.get("role") == kind), "")


def _source(said: dict[str, Any]) -> dict[str, Any]:
    """Whoever had it first, where somebody else passes it on."""
    found = _of_role(said.get("infosources") or said.get("infosource"), "origin")
    return {} if "publisher" in (found.get("role"), found.get("rel")) else found


def _publisher(said: dict[str, Any]) -> dict[str, Any]:
    found = _of_role(said.get("infosources") or said.get("infosource"), "publisher")
    return found if "publisher" in (found.get("role"), found.get("rel")) else {}


def _contact(source: dict[str, Any], kind: str) -> Any:
    means = _parts(source.get("contactinfo"))
    return next((one.get("value") for one in means if one.get("type") == kind), "")


def _subjects(said: dict[str, Any]) -> list[dict[str, Any]]:
    return _parts(said.get("subjects") or said.get("subject"))


def _linked_rights(said: dict[str, Any]) -> Any:
    about = said.get("rightsinfo")
    return _named(about).get("linkedrights") if isinstance(about, dict) else ""


def _web(uri: str) -> str:
    return uri if uri.startswith("http") else ""


def _picture(associations: Any) -> dict[str, Any]:
    """The largest rendition of the first picture."""
    renditions = _parts(_first_picture(associations).get("renditions"))
    return max(renditions, key=lambda one: whole(one.get("width")) or 0, default={})


def _jpeg(associations: Any) -> dict[str, Any]:
    about, file = _first_picture(associations), _picture(associations)
    return {
        "url": file.get("href"),
        "type": file.get("mimetype") or file.get("contenttype"),
        "length": file.get("sizeinbytes"),
        "width": file.get("width"),
        "height": file.get("height"),
        "alt": escaped(about.get("description_text") or _text(about.get("descriptions"))),
        "credit": escaped(about.get("byline") or about.get("by")),
    }


def _first_picture(associations: Any) -> dict[str, Any]:
    return next((one for one in _parts(associations) if one.get("type") == "picture"), {})
