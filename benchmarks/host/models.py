from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class FormPage(AbstractForm):
    """An order form as an editor would build it, without mail."""


class FormField(AbstractFormField):
    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")


class Row(models.Model):
    """What the floor of P1 writes."""

    words = models.TextField()

    def __str__(self) -> str:
        return self.words
