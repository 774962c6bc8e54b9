"""Words of wagtail.contrib.typed_table_block that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _

_("Add column")
_("Add row")
_("Caption")
_("Column heading")
_("Delete column")
_("Delete row")
_("Insert column")
_("Insert row")
