"""Words of wagtail.contrib.settings that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _

_("%(model)s permissions")
_("%(setting_type)s updated.")
_("%(site_setting)s for %(site)s")
_("Sites")
_("The setting could not be saved due to errors.")
_("This setting could not be opened because there is no site defined.")
