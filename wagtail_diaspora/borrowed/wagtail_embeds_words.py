"""Words of wagtail.embeds that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _

_("Cannot find an embed for this URL.")
_("Embed")
_("Insert")
_("Insert embed")
_("Please enter a valid URL")
_("There seems to be a problem with your embedly API key. Please check your settings.")
_("There seems to be an error with Embedly while trying to embed this URL. Please try again later.")
_("Wagtail embeds")
_("embed")
_("embeds")
