"""Words of django.contrib.contenttypes that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _

_("%(ct_name)s objects don’t have a get_absolute_url() method")
_("Content Types")
_("Content type %(ct_id)s object %(obj_id)s doesn’t exist")
_("Content type %(ct_id)s object has no associated model")
