from datetime import date, datetime

from django import template
from django.forms import BoundField, CheckboxInput
from django.template import Context
from django.utils import timezone, translation

from wagtail_diaspora import dates, money, words
from wagtail_diaspora.citizens import language_name

register = template.Library()


@register.inclusion_tag("wagtail_diaspora/field.html", takes_context=True)
def diaspora_field(context: Context, field: BoundField) -> dict:
    """A labelled field with hint and errors, tied together for a screen reader.

    A question that is the heading of the page already is not shown twice.
    """
    errors = field.errors
    noted = [("helptext", field.help_text), ("error", errors)]
    return {
        "field": field,
        "errors": errors,
        "checkbox": isinstance(field.field.widget, CheckboxInput),
        "optional": not (field.field.required or getattr(field.field, "is_conditional", False)),
        "trap": getattr(field.field, "is_trap", False),
        "in_heading": str(field.label) == str(context.get("title")),
        "described_by": " ".join(f"{field.auto_id}_{name}" for name, note in noted if note),
    }


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
