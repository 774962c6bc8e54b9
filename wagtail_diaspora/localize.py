"""Serbian Cyrillic for pages that wagtail-localize translates.

For a host that has it: its `WAGTAILLOCALIZE_MACHINE_TRANSLATOR` names this class.
"""

import re
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from .cyrillic import cyrillic_html, serbian_script

__all__ = ["SerbianCyrillic"]


class SerbianCyrillic(BaseMachineTranslator):
    """From Serbian in Latin script; Bosnian and Croatian are written in Latin letters only."""

    display_name = _("Serbian, Latin to Cyrillic")

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        source, target = (
            serbian_script(source_locale.language_code),
            serbian_script(target_locale.language_code),
        )
        return source == "latn" and target in ("", "cyrl")

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        if not self.can_translate(source_locale, target_locale):
            return {}
        slugs = _slugs(source_locale, strings)
        return {text: text if text.data in slugs else _in_cyrillic(text) for text in strings}


def _in_cyrillic(text: StringValue) -> StringValue:
    return StringValue(cyrillic_html(text.data))


def _slugs(locale: Locale, strings: Iterable[StringValue]) -> set[str]:
    """Those that are a slug somewhere: without `override_translatable_fields` a page hands its slug over."""
    words = [text.data for text in strings if re.fullmatch(r"[-\w]+", text.data)]
    if not words:
        return set()
    segments = apps.get_model("wagtail_localize", "StringSegment").objects.filter(
        Q(context__path="slug") | Q(context__path__endswith=".slug"), string__locale=locale
    )
    return set(segments.filter(string__data__in=words).values_list("string__data", flat=True))
