from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import RichTextField
from wagtail.models import Page


class FormPage(AbstractForm):
    """An order form as an editor would build it, without mail."""


class FormField(AbstractFormField):
    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")


class Row(models.Model):
    """What the floor of P1 writes."""

    words = models.TextField()

    def __str__(self) -> str:
        return self.words


class ReportPage(Page):
    """News of the host's own kind, as P3 marks and reads them."""

    lead = models.CharField(max_length=200)
    body = RichTextField()
    picture = models.ForeignKey("wagtailimages.Image", on_delete=models.PROTECT, related_name="+")
