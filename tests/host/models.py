from django.db import models
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


class HomePage(Page):
    template = "host/home_page.html"


class BlogPage(Page):
    """News of a host's own kind, with names that the package must guess."""

    template = "host/home_page.html"
    intro = models.CharField(max_length=200, blank=True)
    content = RichTextField(blank=True)
    header_image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    date = models.DateField(null=True, blank=True)


class StoryPage(Page):
    """Another, of blocks, which no one registered."""

    template = "host/home_page.html"
    story = StreamField([("paragraph", RichTextBlock())], blank=True)
