"""Words of wagtail.contrib.simple_translation that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

_("%(locales_count)s locales")
ngettext_lazy("A locale is disabled because a parent page is not translated.", "Some locales are disabled because some parent pages are not translated.")
_("All child pages will be created.")
_("Can submit translations")
ngettext_lazy("Include subtree (%(descendant_count)s page)", "Include subtree (%(descendant_count)s pages)")
_("Locales")
_("Submit")
_("Successfully created %(locales)s for %(model_name)s '%(object)s'")
_("The page '%(page_title)s' was successfully created in %(locales)s")
_("Translate")
_("Translate %(model_name)s")
_("Translate page")
ngettext_lazy("Translate the parent page.", "Translate the parent pages.")
_("Translate this page")
_("Wagtail simple translation")
