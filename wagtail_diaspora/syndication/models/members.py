from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.citizens import LanguageField
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.vault.fields import SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from ..states import MemberState
from .membership import ChainTrouble
from .remote import Going, RemoteSource, Rule

INVITED_FOR = timedelta(days=30)


class MemberQuerySet(models.QuerySet):
    def asking(self) -> Self:
        return self.filter(state=MemberState.ASKS)

    def admitted(self) -> Self:
        """That have been given a token, also where we do not know yet that it has arrived."""
        return self.filter(state=MemberState.JOINED).exclude(token_hash="")

    def in_the_chain(self) -> Self:
        """Whose own installation speaks with ours."""
        return self.admitted().filter(confirmed_at__isnull=False)

    def going(self, how: str) -> Self:
        """As `RemoteSourceQuerySet.going`; one with which we cannot speak is failing too."""
        found = Q(source__in=RemoteSource.objects.going(how))
        return self.filter(found | ~Q(trouble="") if how == Going.FAILING else found)


class Member(SealedModel):
    """A municipality of which a hub reads the news, because it was invited or because it asked.

    `nonce` is what we show to speak with its website, `token_hash` of what it shows to speak here; a site
    that joined by its feed alone has neither. `due_at` is when the clock has something to tell it.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="members",
        verbose_name=pgettext_lazy("member of the hub", "hub"),
    )
    source = models.OneToOneField(
        RemoteSource, null=True, on_delete=models.SET_NULL, related_name="member", editable=False
    )
    """What is read of it, once its own website has confirmed that it asked."""
    name = models.CharField(pgettext_lazy("member of the hub", "municipality"), max_length=160)
    email = models.EmailField(pgettext_lazy("member of the hub", "e-mail"))
    language = LanguageField(_("language of the invitation"))
    rule = models.CharField(
        _("its news is shown"), max_length=12, choices=Rule.choices, default=Rule.AFTER_A_LOOK
    )
    site_url = models.URLField(max_length=1000, blank=True, editable=False)
    feed_url = models.URLField(max_length=1000, blank=True, editable=False)
    callback = models.URLField(max_length=1000, blank=True, editable=False)
    nonce = SealedTextField(null=True, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    invited_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(
        pgettext_lazy("member of the hub", "state"),
        max_length=8,
        choices=MemberState.choices,
        default=MemberState.INVITED,
        editable=False,
    )
    state_at = models.DateTimeField(
        pgettext_lazy("member of the hub", "since"), default=timezone.now, editable=False
    )
    own = models.JSONField(default=list, editable=False)
    """Which newsrooms it serves itself (see `turns`), by the clock that stamps its items."""
    parting = models.JSONField(default=dict, editable=False)
    """What its website is told at the end, once its source is gone: see `actions.parting`."""
    due_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    trouble = models.CharField(max_length=16, choices=ChainTrouble.choices, blank=True, editable=False)
    last_heard_at = models.DateTimeField(null=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the hub")
        verbose_name_plural = _("members of the hub")
        default_permissions = ("add", "change")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "site_url"], condition=~Q(site_url=""), name="diaspora_member_site"
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="diaspora_member_token"
            ),
            models.CheckConstraint(condition=Q(state__in=MemberState.values), name="diaspora_member_state"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="diaspora_member_due")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def invitation(self) -> int:
        """Which of its invitations it is: the last one alone holds."""
        return int(self.invited_at.timestamp() * 1_000_000)

    @property
    def holds_invitation(self) -> bool:
        return self.invited_at is not None and self.invited_at > timezone.now() - INVITED_FOR
