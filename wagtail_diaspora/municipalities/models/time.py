from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.words import WordsField, say

from .municipality import Municipality

LONGEST = timedelta(days=366)


class Holiday(models.Model):
    """A day on which the office does not work. Which days these are is data, never code."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="holidays", verbose_name=_("municipality")
    )
    day = models.DateField(_("day"))
    yearly = models.BooleanField(_("every year"), default=False)
    name = WordsField(pgettext_lazy("diaspora", "name"), blank=True, default=dict)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["municipality", "day"], name="diaspora_holiday")]

    def __str__(self) -> str:
        return say(self.name) or str(self.day)


class Closure(models.Model):
    """Days on which the office is closed, whether it takes orders meanwhile, and who stands in."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="closures", verbose_name=_("municipality")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    takes_orders = models.BooleanField(_("takes orders meanwhile"), default=True)
    reason = WordsField(_("what citizens read"), blank=True, default=dict)
    deputy = models.CharField(_("who stands in"), max_length=160, blank=True)
    deputy_email = models.EmailField(_("mailbox of whoever stands in"), blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="diaspora_closure_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(deputy="", deputy_email="")
                | ~models.Q(deputy="") & ~models.Q(deputy_email=""),
                name="diaspora_closure_deputy_whole",
                violation_error_message=_("Write both who stands in and the mailbox, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

    def clean(self) -> None:
        """An office without a working day in years has no date to tell anybody."""
        if self.first_day and self.last_day and self.last_day - self.first_day > LONGEST:
            raise ValidationError({"last_day": _("Closed days are a year at most. Is the year right?")})
