import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.test.html import parse_html
from django.utils import translation

from wagtail_diaspora.registrar.forms import ApplicantForm, DeclareForm, DeliveryForm
from wagtail_diaspora.registrar.forms.case import MessageForm, PaidForm
from wagtail_diaspora.registrar.forms.controls import CitizenForm

HOSTILE = """</textarea><b x="1" y='2'>&amp;&"""
ANSWERS = {"country": "D'&", "email": HOSTILE, "purpose": "school", "declared": "on", "body": HOSTILE}
FORMS = [
    (ApplicantForm, {}),
    (DeliveryForm, {"methods": ["post", "collect"]}),
    (DeclareForm, {}),
    (MessageForm, {}),
    (PaidForm, {}),
]


class Grouped(CitizenForm):
    which = forms.ChoiceField(choices=[("One", [("a", "A")]), ("Two", [("b", "B")])])


@pytest.mark.parametrize("language", ["bs", "sr", "de"])
@pytest.mark.parametrize("data", [None, ANSWERS])
@pytest.mark.parametrize(("form", "options"), [*FORMS, (Grouped, {})])
def test_a_control_is_what_djangos_templates_say(form, options, data, language):
    ours, theirs = form(data, **options), form(data, renderer=DjangoTemplates(), **options)
    with translation.override(language):
        for own, other in zip(ours, theirs, strict=True):
            assert parse_html(str(own)) == parse_html(str(other))


def test_the_templates_of_a_host_are_used(settings):
    settings.FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
    assert isinstance(DeclareForm().renderer, TemplatesSetting)
