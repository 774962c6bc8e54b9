from datetime import date, datetime
from functools import lru_cache

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wagtail_diaspora import dates, money, words
from wagtail_diaspora.citizens import language_name

register = template.Library()

ACTION = "diaspora-switch-action"


@register.simple_tag(takes_context=True)
def diaspora_field(context: Context, field: BoundField) -> SafeString:
    """A labelled field with hint and errors, tied together for a screen reader.

    A question that is the heading of the page already is not shown twice.
    """
    in_heading = str(field.label) == str(context.get("title"))
    form = field.form
    if getattr(form, "asks_all_alike", False) and not form.is_bound and field.name not in form.initial:
        return _empty_field(type(form), field.name, in_heading, translation.get_language())
    return _write_field(field, in_heading)


@lru_cache(maxsize=256)
def _empty_field(form: type[BaseForm], name: str, in_heading: bool, language: str) -> SafeString:
    """Kept by each process: nobody has filled it in, and it is made of nothing but its arguments."""
    return _write_field(form()[name], in_heading)


def _write_field(field: BoundField, in_heading: bool) -> SafeString:
    errors = field.errors
    noted = [("helptext", field.help_text), ("error", errors)]
    context = {
        "field": field,
        "errors": errors,
        "checkbox": isinstance(field.field.widget, CheckboxInput),
        "optional": not (field.field.required or getattr(field.field, "is_conditional", False)),
        "trap": getattr(field.field, "is_trap", False),
        "in_heading": in_heading,
        "described_by": " ".join(f"{field.auto_id}_{name}" for name, note in noted if note),
    }
    return render_to_string("wagtail_diaspora/field.html", context)


@register.simple_tag(takes_context=True)
def diaspora_language_switch(context: Context) -> str:
    """The citizen's languages, as links, or as buttons that send along what was typed."""
    languages = tuple(tuple(language.items()) for language in context["diaspora_languages"])
    written = _language_switch(languages, bool(context.get("keeps_typed")), translation.get_language())
    return mark_safe(written.replace(ACTION, escape(context.get("switch_action", ""))))  # noqa: S308


@lru_cache(maxsize=256)
def _language_switch(languages: tuple, keeps_typed: bool, active: str) -> str:
    """Kept by each process, with a gap for the address that is one visitor's."""
    listed = [dict(language) for language in languages]
    context = {"diaspora_languages": listed, "keeps_typed": keeps_typed, "switch_action": ACTION}
    return render_to_string("wagtail_diaspora/languages.html", context)


@register.simple_tag
def diaspora_first_id(field: BoundField) -> str:
    """The id of the first control, to which a link of the error summary leads."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def before_colon(label: str) -> str:
    """A label in front of what is said of it; a question has its own sign."""
    return label if str(label).endswith("?") else f"{label}:"


@register.simple_tag
def diaspora_language_name(code: str) -> str:
    """A language's name in itself."""
    return language_name(code)


@register.filter
def in_words(day: date) -> str:
    """A date with its month in words; of a moment, the day in the site's time."""
    return dates.in_words(_day_of(day), translation.get_language())


@register.filter
def for_machines(moment: datetime) -> str:
    """As a `time` element says it."""
    return moment.isoformat(timespec="seconds")


@register.filter
def in_sentence(day: date) -> str:
    """The same as it stands within a sentence."""
    return dates.in_sentence(_day_of(day), translation.get_language())


@register.filter
def say(by_language: dict) -> str:
    """The words of a row in the reader's language."""
    return words.say(by_language, translation.get_language())


register.filter("money", money.written)


def _day_of(moment: date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
