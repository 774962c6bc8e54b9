"""Topics belong to nobody: one list for all, kept by superusers and whoever has Django's permission."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Topic


class DeleteTopicView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        """A key of many to many protects nothing: the topic would silently go from pages and partners."""
        if is_used(self.object):
            messages.error(
                self.request, _("“%(object)s” is used and cannot be deleted.") % {"object": self.object}
            )
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
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: topic}).exists()
        for relation in topic._meta.related_objects
    )
