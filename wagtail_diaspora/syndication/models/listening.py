from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wagtail_diaspora.vault.fields import SealedTextField
from wagtail_diaspora.vault.models import SealedModel

from ..states import SubscriptionState
from .remote import RemoteSource

ASKED_AGAIN = timedelta(hours=6)
RENEWED_BEFORE = timedelta(days=1)


class RemoteSubscriptionQuerySet(models.QuerySet):
    def alive(self) -> Self:
        """Of sources that are read, and not denied by their hub."""
        return self.filter(source__in=RemoteSource.objects.read()).exclude(state=SubscriptionState.ENDED)


class RemoteSubscription(SealedModel):
    """That the hub of a source tells us when there is news. Its id stands in the callback, and nowhere else.

    Once nobody reads the source any more the row is deleted, and what the hub still sends is refused.
    """

    source = models.OneToOneField(RemoteSource, on_delete=models.CASCADE, related_name="subscription")
    hub_url = models.URLField(max_length=1000)
    topic = models.URLField(max_length=1000)
    secret = SealedTextField()
    state = models.CharField(
        max_length=10, choices=SubscriptionState.choices, default=SubscriptionState.ASKED
    )
    lease_until = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = RemoteSubscriptionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SubscriptionState.values), name="diaspora_remote_subscription_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(lease_until__isnull=False),
                name="diaspora_remote_subscription_lease",
            ),
        ]

    def __str__(self) -> str:
        return str(self.source_id)

    def is_due(self, moment: datetime) -> bool:
        """Whether it is asked for again."""
        holds = self.state == SubscriptionState.ACTIVE and self.lease_until > moment + RENEWED_BEFORE
        return not holds and self.asked_at <= moment - ASKED_AGAIN
