"""Words of wagtail.contrib.table_block that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _

_("A heading that identifies the overall topic of the table, and is useful for screen reader users.")
_("Column header")
_("Display the first column as a header")
_("Display the first row AND first column as headers")
_("Display the first row as a header")
_("No headers")
_("Row header")
_("Select a header option")
_("Table")
_("Table caption")
_("Table headers")
_("Wagtail table block")
_("Which cells should be displayed as headers?")
