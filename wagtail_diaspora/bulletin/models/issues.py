from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.models import Item
from wagtail_diaspora.words import WordsField, say

from ..states import IssueState


class IssueQuerySet(models.QuerySet):
    def drafts(self) -> Self:
        return self.filter(state=IssueState.DRAFT)

    def published(self) -> Self:
        """The newest first."""
        return self.filter(state=IssueState.PUBLISHED).order_by("-number")


class Issue(models.Model):
    """One issue of a municipality's bulletin; that of the network is the joint one.

    Its examples are not copied: what their publishers correct or withdraw is corrected or gone here as well.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="bulletin_issues",
        verbose_name=_("municipality"),
    )
    title = WordsField(pgettext_lazy("issue of the bulletin", "title"))
    introduction = WordsField(
        pgettext_lazy("issue of the bulletin", "introduction"), blank=True, default=dict, rows=6
    )
    state = models.CharField(
        pgettext_lazy("issue of the bulletin", "state"),
        max_length=9,
        choices=IssueState.choices,
        default=IssueState.DRAFT,
        editable=False,
    )
    number = models.PositiveIntegerField(
        pgettext_lazy("issue of the bulletin", "number"), null=True, editable=False
    )
    """Given when it is published first, without gaps; it keeps it."""
    published_at = models.DateTimeField(
        pgettext_lazy("issue of the bulletin", "published"), null=True, editable=False
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("diaspora", "issue of the bulletin")
        verbose_name_plural = pgettext_lazy("diaspora", "issues of the bulletin")
        ordering = [models.F("number").desc(nulls_first=True), "-pk"]
        default_permissions = ("add", "change", "delete")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="diaspora_issue_number"),
            models.CheckConstraint(
                condition=models.Q(state=IssueState.DRAFT)
                | models.Q(state=IssueState.PUBLISHED, number__isnull=False, published_at__isnull=False),
                name="diaspora_issue_state",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return say(self.title)
        named = {"number": self.number, "title": say(self.title)}
        return pgettext("issue of the bulletin", "No. %(number)d: %(title)s") % named

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT


class Contribution(models.Model):
    """That an example stands in an issue; without one, that it was passed over. Where nobody decided, no row.

    An example stands in one issue at most, of the municipality whose item it is.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="contribution")
    issue = models.ForeignKey(Issue, null=True, on_delete=models.CASCADE, related_name="contributions")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.item_id)
