from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .states import State


class MessageQuerySet(models.QuerySet):
    def about(self, subject_key: str) -> Self:
        """Messages of one subject, in the order in which they are sent."""
        return self.filter(subject_key=subject_key).order_by("ordinal")

    def labelled(self, related_label: str) -> Self:
        return self.filter(related_label=related_label)

    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def failed(self) -> Self:
        return self.filter(state=State.FAILED)

    def settled(self) -> Self:
        return self.filter(state__in=[State.SENT, State.FAILED, State.CANCELLED])

    def due(self, now: datetime | None = None) -> Self:
        return self.waiting().filter(due_at__lte=now or timezone.now())

    def unleased(self, now: datetime) -> Self:
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))

    def first_of_subject(self) -> Self:
        """Nothing earlier of the same subject still waits; what failed or was cancelled does not block."""
        earlier = self.model.objects.waiting().filter(
            subject_key=OuterRef("subject_key"), ordinal__lt=OuterRef("ordinal")
        )
        return self.filter(~Exists(earlier))

    def claimable(self, now: datetime) -> Self:
        return self.due(now).unleased(now).first_of_subject().order_by("due_at", "ordinal")

    def leased(self, token: str) -> Self:
        """What the holder of this lease may still change."""
        return self.waiting().filter(lease_token=token)
