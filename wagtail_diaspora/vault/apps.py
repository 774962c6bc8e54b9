from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.rooms import Room


class VaultConfig(Room):
    name = "wagtail_diaspora.vault"
    label = "diaspora_vault"
    verbose_name = _("Vault")
    diaspora_requires = ()
    diaspora_jobs = "wagtail_diaspora.vault.jobs.JOBS"

    def ready(self) -> None:
        from . import checks  # noqa: F401
