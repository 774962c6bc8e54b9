from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .municipality import Municipality


class AccountUse(models.TextChoices):
    HOME = "home", pgettext_lazy("account", "Payments within BiH")
    ABROAD = "abroad", pgettext_lazy("account", "Payments from abroad")


class AccountQuerySet(models.QuerySet):
    def for_country(self, country: str) -> list["Account"]:
        """Those for payments from that country; all of them where the office has none for it."""
        use = AccountUse.HOME if country == "BA" else AccountUse.ABROAD
        accounts = list(self)
        return [account for account in accounts if account.use == use] or accounts


class Account(models.Model):
    """An account to which fees are paid. What a slip (uplatnica) needs is data of the office; none is
    invented here, so each code may be empty."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="accounts", verbose_name=_("municipality")
    )
    use = models.CharField(_("used for"), max_length=8, choices=AccountUse.choices)
    recipient = models.CharField(_("recipient"), max_length=160)
    bank = models.CharField(_("bank"), max_length=160, blank=True)
    number = models.CharField(_("account number or IBAN"), max_length=40)
    bic = models.CharField(_("SWIFT code (BIC)"), max_length=11, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="BAM")
    revenue_type = models.CharField(_("revenue type"), max_length=6, blank=True)
    municipality_code = models.CharField(_("code of the municipality"), max_length=3, blank=True)
    budget_organisation = models.CharField(_("budget organisation"), max_length=10, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("diaspora", "account")
        verbose_name_plural = _("accounts")
        ordering = ["use", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(use__in=AccountUse.values), name="diaspora_account_use")
        ]

    def __str__(self) -> str:
        return self.number
