"""Every address that the product adds to a host, found through the resolver."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def ours(patterns=None, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Qualified names of the views that live in `wagtail_diaspora`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from ours(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and _module(pattern.callback).startswith("wagtail_diaspora"):
            yield ":".join((*namespaces, pattern.name))


def _module(callback) -> str:
    return getattr(callback, "view_class", callback).__module__
