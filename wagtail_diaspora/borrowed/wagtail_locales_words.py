"""Words of wagtail.locales that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

ngettext_lazy("%(num_pages)d page", "%(num_pages)d pages")
_("%(num_pages)d pages and %(num_others)d others")
_("Add a locale")
_("Add locale")
_("Are you sure you want to delete this locale?")
_("Delete locale")
_("Locale '%(object)s' created.")
_("Locale '%(object)s' deleted.")
_("Locale '%(object)s' updated.")
_("Select a new language")
_("The locale could not be saved due to errors.")
_("This locale cannot be deleted because there are no other locales.")
_("This locale cannot be deleted because there are pages and/or other objects using it.")
_("This locale's current language code is not supported. Please choose a new language or delete this locale.")
_("This locale's language code is not supported")
_("Wagtail locales")
