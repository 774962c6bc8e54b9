"""Topics belong to nobody: one list for all, kept by superusers and whoever has Django's permission."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Topic

LISTED = 20


class DeleteTopicView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        """A key of many to many protects nothing: the topic would silently go from pages and partners."""
        if is_used(self.object):
            said = _("“%(object)s” is used and cannot be deleted.") % {"object": self.object}
            messages.error(self.request, f"{said} {_named(self.object)}".strip())
            return redirect(self.get_success_url())
        return super().form_valid(form)


class TopicViewSet(ModelViewSet):
    model = Topic
    name = "diaspora_topic"
    icon = "tag"
    menu_label = pgettext_lazy("news", "Topics")
    add_to_settings_menu = True
    menu_order = 840
    delete_view_class = DeleteTopicView
    copy_view_enabled = False
    inspect_view_enabled = False
    panels = [
        FieldPanel("name", help_text=gettext_lazy("As readers see it, in each language.")),
        FieldPanel("code", help_text=gettext_lazy("Stands in addresses of lists and feeds.")),
    ]


def is_used(topic: Topic) -> bool:
    """By any row of any installed app, ours or the host's."""
    return any(rows.exists() for rows in _users(topic))


def _named(topic: Topic) -> str:
    """Who has a name of its own, as newsrooms do, is asked to choose otherwise first."""
    named = [rows for rows in _users(topic) if hasattr(rows.model, "name")]
    names = [str(row) for rows in named for row in rows[:LISTED]]
    return _("It was chosen by: %(names)s.") % {"names": ", ".join(names)} if names else ""


def _users(topic: Topic) -> list[QuerySet]:
    """Also of those who do not let themselves be asked back."""
    relations = (f for f in topic._meta.get_fields(include_hidden=True) if f.auto_created and f.many_to_many)
    return [f.related_model._default_manager.filter(**{f.field.name: topic}) for f in relations]
