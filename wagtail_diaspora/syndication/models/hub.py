from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wagtail_diaspora.vault.fields import SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from ..states import SubscriptionState
from .channels import Channel


class SubscriptionQuerySet(models.QuerySet):
    def active(self, moment: datetime | None = None) -> Self:
        return self.filter(state=SubscriptionState.ACTIVE, lease_until__gt=moment or timezone.now())

    def not_ended(self) -> Self:
        return self.exclude(state=SubscriptionState.ENDED)

    def confirmed(self) -> Self:
        """Who once said at its own address that it wants this, also where it has ended."""
        return self.exclude(began_at=None)

    def of_question(self, number: int) -> Self:
        """Only what was asked last counts: a subscriber may ask again before it has confirmed."""
        return self.filter(asked=number)


class Subscription(SealedModel):
    """Whom our hub sends a feed as soon as it is written anew, until the lease ends.

    `path` is that of the feed's file. Whoever knows `callback` could send there in our name, so it is sealed
    and found by its SHA-256. `asked` counts what was asked in its name; only what is confirmed counts.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="subscriptions")
    path = models.CharField(max_length=200)
    callback = SealedTextField()
    callback_digest = models.CharField(max_length=64)
    secret = SealedTextField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=SubscriptionState.choices, default=SubscriptionState.ASKED
    )
    lease_until = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    """Since when it is sent the feed; renewing does not begin anew."""
    pushed_at = models.DateTimeField(null=True)
    """When it last took what was sent."""
    failures = models.PositiveIntegerField(default=0)
    """How often in a row it did not take what was sent."""
    failing_since = models.DateTimeField(null=True)
    network_digest = models.BinaryField(max_length=16, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["path", "callback_digest"], name="diaspora_subscription_once"),
            models.CheckConstraint(
                condition=Q(state__in=SubscriptionState.values), name="diaspora_subscription_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(lease_until__isnull=False),
                name="diaspora_subscription_lease",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def host(self) -> str:
        """All that anybody may see of the callback."""
        return urlsplit(self.callback).hostname or ""
