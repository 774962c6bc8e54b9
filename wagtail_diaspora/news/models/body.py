"""What a text consists of. Only Wagtail's own blocks, so that migrations of a host's own type stay still.

Public API: `BODY`, `VideoBlock`, `RICH_TEXT`.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from ..video import platform

__all__ = ["BODY", "RICH_TEXT", "VideoBlock"]

RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=pgettext_lazy("news", "picture"))
    alt = blocks.CharBlock(
        required=False,
        label=pgettext_lazy("news", "what is seen"),
        help_text=_("Read to the blind; empty where the picture only decorates."),
    )
    caption = blocks.CharBlock(required=False, label=pgettext_lazy("news", "caption"))
    credit = blocks.CharBlock(required=False, label=_("author of the picture"))

    class Meta:
        icon = "image"
        template = "diaspora_news/body/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=pgettext_lazy("news", "what was said"))
    source = blocks.CharBlock(required=False, label=pgettext_lazy("news", "who said it"))

    class Meta:
        icon = "openquote"
        template = "diaspora_news/body/quote.html"


class VideoValue(blocks.StructValue):
    @property
    def platform(self) -> str:
        return platform(self.get("url") or "")


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title of the video"))
    url = blocks.URLBlock(
        label=_("address of the video"),
        help_text=_("The page on which people watch it. It is linked; nothing is loaded from there."),
    )
    poster = ImageChooserBlock(required=False, label=_("picture from the video"))
    length = blocks.CharBlock(
        required=False, max_length=20, label=pgettext_lazy("news", "length"), help_text=_("For example 3:20.")
    )

    class Meta:
        icon = "media"
        template = "diaspora_news/body/video.html"
        value_class = VideoValue


BODY = [
    (
        "heading",
        blocks.CharBlock(
            label=pgettext_lazy("news", "heading"), icon="title", template="diaspora_news/body/heading.html"
        ),
    ),
    ("paragraph", blocks.RichTextBlock(label=pgettext_lazy("news", "text"), features=RICH_TEXT)),
    ("picture", PictureBlock(label=pgettext_lazy("news", "picture"))),
    ("quote", QuoteBlock(label=pgettext_lazy("news", "quotation"))),
    (
        "document",
        DocumentChooserBlock(
            label=pgettext_lazy("news", "document"), template="diaspora_news/body/document.html"
        ),
    ),
    ("video", VideoBlock(label=pgettext_lazy("news", "video"))),
]
