from django import forms

from wagtail_diaspora.words import WordsField, WordsFormField, say


class Form(forms.Form):
    name = WordsFormField()


def test_say_falls_back_along_the_chain():
    assert say({"bs": "izvod", "de": "Auszug"}, "de") == "Auszug"
    assert say({"bs": "izvod", "de": "Auszug"}, "en") == "izvod"
    assert say({"de": "Auszug"}, "sr") == "Auszug"
    assert say({}, "sr") == say(None) == ""


def test_form_field_keeps_what_was_written_by_language():
    form = Form({"name_bs": "izvod", "name_de": "Auszug"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == {"bs": "izvod", "de": "Auszug"}


def test_form_field_labels_each_language():
    html = Form(initial={"name": {"sr": "извод"}}).as_p()
    assert [label in html for label in ("Bosanski", "Српски", "Deutsch", "извод", 'lang="sr"')] == [True] * 5


def test_model_field_is_stored_in_migrations_without_settings():
    name, path, args, kwargs = WordsField(rows=3).deconstruct()
    assert (path, args, kwargs) == ("wagtail_diaspora.words.WordsField", [], {})
