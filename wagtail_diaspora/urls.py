"""One include for a host's URLconf: `path("", include("wagtail_diaspora.urls"))`.

The highest room stands first: readers of feeds ask far more often than people, and of every pattern before.
"""

from django.urls import include, path

from .rooms import installed_rooms
from .script_words import script_words

urlpatterns = [
    path("diaspora/script-words.js", script_words, name="diaspora_script_words"),
    *(path("", include(room.diaspora_urls)) for room in reversed(installed_rooms()) if room.diaspora_urls),
]
