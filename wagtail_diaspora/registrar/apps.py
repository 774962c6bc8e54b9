from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class RegistrarConfig(Room):
    name = "wagtail_diaspora.registrar"
    label = "diaspora_registrar"
    verbose_name = _("Virtual registrar")
    diaspora_requires = (
        "wagtail_diaspora.vault",
        "wagtail_diaspora.outbox",
        "wagtail_diaspora.municipalities",
    )
    diaspora_urls = "wagtail_diaspora.registrar.urls"
    diaspora_jobs = "wagtail_diaspora.registrar.jobs.JOBS"
    diaspora_setup_steps = "wagtail_diaspora.registrar.setup.STEPS"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from wagtail_diaspora.municipalities import logs, permissions
        from wagtail_diaspora.outbox import applicability
        from wagtail_diaspora.outbox.signals import message_returned
        from wagtail_diaspora.vault import access, erasure, rotation

        from . import models, named, notices, proof, receivers, search
        from .actions import erasing

        for model in (
            models.Order,
            models.DocumentType,
            models.MessageTemplate,
            models.RegistrarSettings,
        ):
            logs.register(model)
        permissions.register(models.Order, "view", "add", "change", "erase")
        permissions.register(models.DocumentType, "add", "change", "delete")
        permissions.register(models.MessageTemplate, "add", "change", "delete")
        permissions.register(models.RegistrarSettings, "change")
        for model in receivers.OFFERED:
            for signal in (post_save, post_delete):
                signal.connect(
                    receivers.renew_offer_version, sender=model, dispatch_uid=f"diaspora:{model.__name__}"
                )
        applicability.register(notices.APPLIES, receivers.order_mail_applies)
        applicability.register(notices.LINK_APPLIES, receivers.link_mail_applies)
        applicability.register(notices.DRAFT_APPLIES, receivers.draft_mail_applies)
        message_returned.connect(receivers.note_returned, dispatch_uid="diaspora")
        erasure.register(models.Order._meta.label_lower, erasing.erase_again)
        access.name_with(models.Order, named.orders)
        access.name_with(models.OrderFile, named.files)
        rotation.on_rotated(models.Order, search.reindex)
        rotation.on_rotated(models.Paper, proof.renew_digest)
