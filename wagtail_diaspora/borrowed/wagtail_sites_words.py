"""Words of wagtail.sites that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _

_("Add a site")
_("Add site")
_("Are you sure you want to delete this site?")
_("Choose a different root page")
_("Choose a root page")
_("Default?")
_("Delete site")
_("Site '%(object)s' created.")
_("Site '%(object)s' deleted.")
_("Site '%(object)s' updated.")
_("The site could not be saved due to errors.")
_("Wagtail sites")
