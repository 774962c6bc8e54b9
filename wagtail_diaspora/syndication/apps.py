from django.apps import apps
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.rooms import Room


class SyndicationConfig(Room):
    name = "wagtail_diaspora.syndication"
    label = "diaspora_syndication"
    verbose_name = pgettext_lazy("diaspora", "Syndication")
    diaspora_requires = (
        "wagtail_diaspora.vault",
        "wagtail_diaspora.outbox",
        "wagtail_diaspora.municipalities",
    )
    diaspora_urls = "wagtail_diaspora.syndication.urls"
    diaspora_jobs = "wagtail_diaspora.syndication.jobs.JOBS"
    diaspora_setup_steps = "wagtail_diaspora.syndication.setup.STEPS"

    def ready(self) -> None:
        from wagtail_diaspora.municipalities import logs, permissions

        from . import checks, models  # noqa: F401

        granted = [
            (models.Item, ["change"]),
            (models.SyndicationSettings, ["change"]),
            (models.Partner, ["view", "add", "change", "delete"]),
            (models.RemoteSource, ["add", "change", "delete"]),
            (models.RemoteItem, ["change"]),
            (models.Membership, ["change"]),
            (models.Member, ["add", "change"]),
        ]
        logs.register(models.Subscription)
        for model, verbs in granted:
            logs.register(model)
            permissions.register(model, *verbs)
        permissions.register(models.Delivery, "view")
        if apps.is_installed("wagtail_diaspora.news"):
            from .own_sources import register_own_sources

            register_own_sources()
        self._listen()
        self._send()
        self._listen_to_mails()

    def _send(self) -> None:
        from wagtail_diaspora.outbox import applicability
        from wagtail_diaspora.outbox.channels import registry

        from .actions import hub, listening, pushing
        from .channels.websub import WebSubChannel

        registry.register(WebSubChannel)
        applicability.register(hub.QUESTION, hub.question_applies)
        applicability.register(pushing.PUSH, pushing.push_applies)
        applicability.register(pushing.PING, pushing.ping_applies)
        applicability.register(listening.LISTEN, listening.listen_applies)

    def _listen(self) -> None:
        from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
        from wagtail.models import PageViewRestriction, Site
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from wagtail_diaspora.municipalities.models import Municipality, Topic

        from . import receivers
        from .models import RemoteSource, SyndicationSettings

        heard = [
            (page_published, receivers.page_changed, None),
            (page_slug_changed, receivers.page_changed, None),
            (post_page_move, receivers.page_moved, None),
            (page_unpublished, receivers.page_gone, None),
            (pre_delete, receivers.page_gone, None),
            (post_save, receivers.page_restricted, PageViewRestriction),
            (post_delete, receivers.restriction_lifted, PageViewRestriction),
            (post_save, receivers.site_changed, Site),
            (post_save, receivers.speaker_changed, Municipality),
            (post_save, receivers.speaker_changed, SyndicationSettings),
            (m2m_changed, receivers.usual_topics_changed, SyndicationSettings.topics.through),
            (post_save, receivers.topic_changed, Topic),
            (pre_delete, receivers.source_gone, RemoteSource),
            (pre_delete, receivers.topic_chosen, Topic),
        ]
        for signal, receiver, sender in heard:
            signal.connect(receiver, sender=sender)

    def _listen_to_mails(self) -> None:
        from wagtail_diaspora.outbox import applicability, signals

        from . import receivers
        from .actions import press

        applicability.register(press.APPLIES, receivers.press_mail_applies)
        heard = [
            (signals.message_sent, receivers.mail_settled),
            (signals.message_failed, receivers.mail_settled),
            (signals.message_returned, receivers.mail_returned),
            (signals.message_accepted, receivers.mail_accepted),
            (signals.backup_restored, receivers.put_aside),
        ]
        for signal, receiver in heard:
            signal.connect(receiver, dispatch_uid="diaspora_syndication")
