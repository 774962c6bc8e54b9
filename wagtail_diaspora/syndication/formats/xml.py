"""Elements of one XML format.

Public API: `Vocabulary`.
"""

from functools import cache

from lxml import etree

from .text import clean

__all__ = ["Vocabulary"]

XML = "http://www.w3.org/XML/1998/namespace"


class Vocabulary:
    """Makes elements by their prefixed name, and leaves those out that were given only empty words."""

    def __init__(self, default: str | None = None, /, **prefixes: str):
        self.namespaces = {None: default, "": default, "xml": XML, **prefixes}
        self.declared = {None: default, **prefixes} if default else prefixes
        self._known = cache(self._known)

    def __call__(self, name: str, *content: etree._Element | str | None, **attributes: object):
        given = [part for part in content if part is not None and part != ""]
        if content and not given and ("" in content or not attributes):
            return None
        named, namespaces = self._known(name)
        element = etree.Element(named, nsmap=namespaces)
        for key, value in attributes.items():
            if value not in (None, ""):
                element.set(self._named(key, attribute=True), clean(str(value)))
        for part in given:
            if isinstance(part, str):
                element.text = clean(part)
            else:
                element.append(part)
        return element

    def document(self, root: etree._Element) -> bytes:
        etree.cleanup_namespaces(root, top_nsmap=self.declared)
        return etree.tostring(root, xml_declaration=True, encoding="utf-8")

    def _known(self, name: str) -> tuple[str, dict[str | None, str] | None]:
        """Its name with its namespace, and that alone: `document` declares all of them once, at the root."""
        prefix = name.rpartition(":")[0]
        namespace = self.namespaces[prefix]
        return self._named(name), {prefix or None: namespace} if namespace else None

    def _named(self, name: str, *, attribute: bool = False) -> str:
        prefix, _colon, local = name.rpartition(":")
        namespace = self.namespaces[prefix]
        return f"{{{namespace}}}{local}" if namespace and (prefix or not attribute) else local
