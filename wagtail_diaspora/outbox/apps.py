import contextlib

from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class OutboxConfig(Room):
    name = "wagtail_diaspora.outbox"
    label = "diaspora_outbox"
    verbose_name = _("Outbox")
    diaspora_requires = ("wagtail_diaspora.vault",)
    diaspora_jobs = "wagtail_diaspora.outbox.jobs.JOBS"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .channels import registry
        from .channels.mail import MailChannel

        registry.register(MailChannel)
        with contextlib.suppress(ImportError):  # django-anymail is an extra
            from anymail.signals import tracking

            from .tracking import note_event

            tracking.connect(note_event, dispatch_uid="diaspora")
