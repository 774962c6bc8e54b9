from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality, Topic

from ..states import ChangeKind, Pace, PartnerState, Script, Way

DAILY_LIMIT = 20


class PartnerQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(state=PartnerState.CONFIRMED)

    def listening(self) -> Self:
        """One that is paused, or asked again, hears later of what it got already."""
        return self.exclude(state=PartnerState.ENDED)

    def choosing(self) -> Self:
        """With what is asked to know what it takes."""
        return self.select_related("municipality__site").prefetch_related("topics")

    def hold(self) -> int:
        """Until the commit nobody else sends to these, or changes what waits for them. How many there are."""
        return self.order_by().update(rounds=models.F("rounds") + 1)


class Partner(models.Model):
    """A newsroom that takes the news of one sender: of a municipality, or of the network's hub.

    It confirms its address and chooses the rest itself, on a page without an account. Raising `generation`
    revokes every link that it has.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="partners", verbose_name=_("municipality")
    )
    name = models.CharField(_("newsroom"), max_length=120)
    email = models.EmailField(_("mailbox of the newsroom"))
    contact = models.CharField(_("contact person"), max_length=120, blank=True)
    way = models.CharField(
        pgettext_lazy("delivery of news", "way"), max_length=4, choices=Way.choices, default=Way.MAIL
    )
    languages = models.JSONField(_("languages of the news"), default=list, blank=True)
    script = models.CharField(
        pgettext_lazy("news", "script"), max_length=10, choices=Script.choices, default=Script.PUBLISHED
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="partners", verbose_name=pgettext_lazy("news", "topics")
    )
    pace = models.CharField(
        pgettext_lazy("media partner", "pace"),
        max_length=10,
        choices=Pace.choices,
        default=Pace.IMMEDIATE,
    )
    daily_limit = models.PositiveSmallIntegerField(
        _("most e-mails a day"),
        default=DAILY_LIMIT,
        validators=[MinValueValidator(1)],
        help_text=_(
            "The rest comes the next morning, in one e-mail. Corrections and withdrawals always go out."
        ),
    )
    attaches_picture = models.BooleanField(_("attach the picture"), default=False)
    takes_embargoed = models.BooleanField(_("takes items under embargo"), default=False)
    state = models.CharField(
        pgettext_lazy("media partner", "state"),
        max_length=10,
        choices=PartnerState.choices,
        default=PartnerState.INVITED,
        editable=False,
    )
    generation = models.PositiveIntegerField(default=1, editable=False)
    catch_up_from = models.DateField(null=True, editable=False)
    """An editor asked that it gets what has been public since that day."""
    catch_up_after = models.BigIntegerField(default=0, editable=False)
    """Up to which edition that was done."""
    catch_up_total = models.PositiveIntegerField(null=True, editable=False)
    """How many these are; None until they are counted."""
    catch_up_done = models.PositiveIntegerField(default=0, editable=False)
    chosen_at = models.DateTimeField(null=True, editable=False)
    """What was written to it before that is written anew."""
    rounds = models.PositiveBigIntegerField(default=0, editable=False)
    """Counted before anything is sent, so that whoever sends holds the row until the commit."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    state_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("media partner")
        verbose_name_plural = _("media partners")
        default_permissions = ("view", "add", "change", "delete")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "municipality",
                Lower("email"),
                name="diaspora_partner_mailbox",
                violation_error_message=_("This mailbox is a partner already."),
            ),
            models.CheckConstraint(condition=Q(state__in=PartnerState.values), name="diaspora_partner_state"),
            models.CheckConstraint(condition=Q(daily_limit__gte=1), name="diaspora_partner_limit"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        return self.state == PartnerState.CONFIRMED

    def wants(self, language: str, topics: set[str]) -> bool:
        """`topics` are codes; whoever chose none takes all."""
        chosen = {topic.code for topic in self.topics.all()}
        return (not self.languages or language in self.languages) and (not chosen or bool(chosen & topics))

    def may_have(self, kind: str) -> bool:
        return self.is_confirmed and (kind != ChangeKind.EMBARGOED or self.takes_embargoed)
