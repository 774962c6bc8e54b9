from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeriodicRun(models.Model):
    """The lease and the last run of one periodic job."""

    name = models.CharField(_("job"), max_length=100, primary_key=True)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    lease_token = models.CharField(_("lease"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    started_at = models.DateTimeField(pgettext_lazy("diaspora", "started at"), null=True, blank=True)
    finished_at = models.DateTimeField(pgettext_lazy("diaspora", "finished at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    failed = models.BooleanField(_("failed"), default=False)

    class Meta:
        verbose_name = _("periodic run")
        verbose_name_plural = _("periodic runs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
