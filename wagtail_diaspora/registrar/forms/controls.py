"""The controls of a form, written at once: Django renders three templates for one text field.

Public API: `CitizenForm`, `with_note` for what stands below an option. Where a host sets `FORM_RENDERER`,
its templates are asked as ever.
"""

from collections.abc import Callable
from typing import Any, Self

from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.forms.utils import ErrorDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

__all__ = ["CitizenForm", "with_note"]


def _attributes(widget: dict, *only: str) -> str:
    said = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in said
        if not only or name in only
    )


def _input(widget: dict) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{conditional_escape(value)}"'
    return f'<input type="{widget["type"]}"{_name(widget)}{said}{_attributes(widget)}>'


def _textarea(widget: dict) -> str:
    text = conditional_escape(widget["value"] or "")
    return f"<textarea{_name(widget)}{_attributes(widget)}>\n{text}</textarea>"


def _select(widget: dict) -> str:
    options = "\n".join(map(_option, _options(widget)))
    return f"<select{_name(widget)}{_attributes(widget)}>\n{options}\n</select>"


def _option(option: dict) -> str:
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _radios(widget: dict) -> str:
    radios = "\n".join(map(_radio, _options(widget)))
    return f"<div{_attributes(widget, 'id', 'class')}>{radios}</div>"


def _radio(option: dict) -> str:
    belongs = f' for="{conditional_escape(option["attrs"]["id"])}"' if "id" in option["attrs"] else ""
    return f"<div><label{belongs}>{_input(option)} {conditional_escape(option['label'])}</label></div>"


def _name(widget: dict) -> str:
    return f' name="{conditional_escape(widget["name"])}"'


def _options(widget: dict) -> list[dict]:
    return [option for _group, options, _index in widget["optgroups"] for option in options]


def _in_groups(widget: dict) -> bool:
    return any(group for group, _options, _index in widget.get("optgroups", ()))


CONTROLS: dict[str, Callable[[dict], str]] = {
    f"django/forms/widgets/{name}.html": write
    for write, names in (
        (_input, ("text", "email", "hidden", "file", "checkbox")),
        (_textarea, ("textarea",)),
        (_select, ("select",)),
        (_radios, ("radio",)),
    )
    for name in names
}


class ControlRenderer(DjangoTemplates):
    def render(self, template_name: str, context: dict, request: Any = None) -> str:
        write = CONTROLS.get(template_name)
        if write is None or _in_groups(context["widget"]):
            return super().render(template_name, context, request)
        return write(context["widget"])


RENDERER = ControlRenderer()


class CitizenForm(forms.Form):
    """A form in the citizen's pages."""

    asks_all_alike = False
    """Whether the class alone says what is asked; a field that nobody has filled in is then written once."""

    def as_typed(self) -> Self:
        """What was typed, without a word about it: for the page in another language."""
        self._errors = ErrorDict()
        return self

    @property
    def default_renderer(self) -> ControlRenderer | None:
        return RENDERER if type(get_default_renderer()) is DjangoTemplates else None


def with_note(option: Any, note: str) -> SafeString:
    return format_html('<span>{}<span class="diaspora-option-note">{}</span></span>', option, note)
