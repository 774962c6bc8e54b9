"""Words of wagtail.snippets that our catalogues hold. Written by `make borrowed`: do not edit."""

# fmt: off

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

ngettext_lazy("%(count)d %(model_name)s deleted.", "%(count)d %(model_name)s deleted.")
_("Are you sure you want to delete %(count)s %(snippet_type_name)s?")
_("Are you sure you want to delete this %(snippet_type_name)s?")
_("Choose %(object)s")
_("Choose another %(object)s")
_("Delete ")
_("Delete %(snippet_type_name)s")
_("Delete selected snippets")
_("Instances")
_("Replace current revision")
_("Select all snippets in listing")
_("Snippets")
_("Sorry, no snippets match \"<em>%(search_query)s</em>\"")
_("Wagtail snippets")
_("You don't have permission to delete these %(snippet_plural_name)s")
_("You don't have permission to delete this %(snippet_type_name)s")
_("You haven't created any %(snippet_type_name)s snippets. Why not <a href=\"%(wagtailsnippets_create_snippet_url)s\" target=\"_blank\" rel=\"noreferrer\">create one now</a>?")
