from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.municipalities.models.municipality import Kind

from .. import addresses
from ..formats import FORMATS
from ..models import Channel
from ..reading import HUB

register = template.Library()

FOUND = ("rss", "atom", "feed")
"""Formats that feed readers look for."""


@register.simple_tag(takes_context=True)
def diaspora_feed_links(context: dict[str, Any]) -> SafeString:
    """For a host's `<head>`: by these links readers find the feeds of the website, in the page's language.

    A hub's lead websites that join it to where they ask.
    """
    request = context.get("request")
    municipality = Municipality.objects.for_request(request).first() if request else None
    if municipality is None:
        return SafeString()
    channels = {channel.language for channel in Channel.objects.filter(municipality=municipality)}
    own = (get_language() or "").lower()
    languages = [own] if own in channels else sorted(channels)
    links = [_link(municipality, language, name) for language in languages for name in FOUND]
    if municipality.kind == Kind.NETWORK:
        links.append(format_html('<link rel="{}" href="{}">', HUB, addresses.join(municipality.code)))
    return format_html_join("\n", "{}", ((link,) for link in links))


def _link(municipality: Municipality, language: str, name: str) -> SafeString:
    form = FORMATS[name]
    path = addresses.file_path(municipality.code, language, addresses.ALL, form)
    title = pgettext("title of a feed", "%(title)s – %(topic)s") % {
        "title": municipality,
        "topic": form.label,
    }
    markup = '<link rel="alternate" type="{}" title="{}" href="{}">'
    return format_html(markup, form.content_type, title, addresses.feed(path))
