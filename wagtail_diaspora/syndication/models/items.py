from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from wagtail_diaspora.municipalities.models import Municipality, Topic

from ..states import EditionState, Kind


class ItemQuerySet(models.QuerySet):
    def wanted(self) -> Self:
        return self.filter(wanted=True)

    def of_pages(self) -> Self:
        """Not of others. Once nobody reads a source any more, its items are here: as those without a page."""
        return self.filter(remote=None, source=None)

    def due(self, moment: datetime) -> Self:
        return self.filter(look_at__lte=moment)

    def for_page(self, page: Page, municipality: Municipality) -> Self:
        """All translations of a page are one item."""
        return self.filter(municipality=municipality, translation_key=page.translation_key)


class Item(models.Model):
    """The mark on a page and its translations: whether it is for the diaspora, and how it goes out.

    It is no part of the page's revisions and is not copied with it. `id` is the item's name everywhere, for
    ever. Where nobody decided, there is no row; `wanted` is False where somebody said that it is not for
    the diaspora. Of what a hub passes on, `translation_key` is made of its name and language, so that it is
    one item from however many sources it comes; its name everywhere is the publisher's, `Edition.name`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="news_items", verbose_name=_("municipality")
    )
    translation_key = models.UUIDField(default=uuid4, editable=False)
    remote = models.OneToOneField(
        "RemoteItem", null=True, on_delete=models.SET_NULL, related_name="passed_on", editable=False
    )
    """Whose news a hub passes on; None for pages of the municipality's own, and of what made room."""
    source = models.ForeignKey(
        "RemoteSource", null=True, on_delete=models.SET_NULL, related_name="passed_items", editable=False
    )
    """Which source decides about it, also when its row has made room for newer ones."""
    wanted = models.BooleanField(_("for the diaspora"), default=True)
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="items", verbose_name=pgettext_lazy("news", "topics")
    )
    embargo_until = models.DateTimeField(
        _("not before"), null=True, blank=True, help_text=_("Empty: as soon as the page is published.")
    )
    expires_at = models.DateTimeField(
        _("withdrawn on"), null=True, blank=True, help_text=_("Empty: it stays, as long as the page does.")
    )
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, help_text=_("Empty: as in the settings of syndication.")
    )
    contact = models.CharField(
        _("contact for the press"),
        max_length=200,
        blank=True,
        help_text=_("Empty: as in the settings of syndication."),
    )
    note = models.CharField(max_length=300, blank=True, editable=False)
    """The editor's sentence about the correction or withdrawal that is told next."""
    corrections = models.PositiveIntegerField(default=0, editable=False)
    """How often the editor asked for a correction to be told; each edition counts which of them it told."""
    look_at = models.DateTimeField(default=timezone.now, null=True, editable=False)
    """When the page has to be compared next; None where only the regular round does."""
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("news", "item for the diaspora")
        verbose_name_plural = pgettext_lazy("news", "items for the diaspora")
        default_permissions = ("change",)
        constraints = [
            models.UniqueConstraint(fields=["municipality", "translation_key"], name="diaspora_item_of_page"),
            models.CheckConstraint(
                condition=Q(embargo_until__isnull=True)
                | Q(expires_at__isnull=True)
                | Q(expires_at__gt=models.F("embargo_until")),
                name="diaspora_item_ends_after_it_begins",
                violation_error_message=_("It would be withdrawn before it goes out."),
            ),
        ]
        indexes = [
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="diaspora_item_look_at")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def clean(self) -> None:
        """A day that is over would take it out of the feeds at once: that is what Withdraw is for."""
        if self.expires_at and self.expires_at <= timezone.now():
            raise ValidationError({"expires_at": _("This time is over. Choose a later one, or withdraw it.")})

    def state_at(self, moment: datetime) -> EditionState:
        """Of an edition of which the page is public."""
        if not self.wanted or (self.expires_at and self.expires_at <= moment):
            return EditionState.WITHDRAWN
        if self.embargo_until and self.embargo_until > moment:
            return EditionState.EMBARGOED
        return EditionState.PUBLIC


class EditionQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(state=EditionState.PUBLIC)

    def examples(self) -> Self:
        """Of good practice, that anybody may read, the newest first."""
        return self.public().filter(kind=Kind.GOOD_PRACTICE).order_by("-public_since", "-pk")

    def told(self) -> Self:
        """Of which somebody has been told something that still holds."""
        return self.exclude(state=EditionState.WITHDRAWN)


class Edition(models.Model):
    """An item in one language, as it was last told: what it said, and the number of that change.

    `content` is what `sources.Content` holds, and for what is passed on whose it is; of a withdrawn edition
    only its address and its origin are left.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="editions")
    channel = models.ForeignKey("Channel", on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=20)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=EditionState.choices)
    version = models.PositiveIntegerField(default=0)
    number = models.BigIntegerField()
    content = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.NEWS)
    topic_codes = models.CharField(max_length=500, blank=True)
    """As they were told, with a space before and after each; empty where the usual ones hold."""
    words = models.TextField(blank=True)
    """All that it says, folded, so that it is found in either script and without diacritics."""
    digest = models.CharField(max_length=64, blank=True)
    address_digest = models.CharField(max_length=64, db_index=True)
    """Of the absolute address, by which a page that is gone is known again."""
    picture = models.JSONField(default=dict)
    """Address, length, width and height of the JPEG that goes out, made outside any request."""
    corrections = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField()
    """As the page says when it goes out first, but not what is yet to come; it stays."""
    public_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["item", "language"], name="diaspora_edition_language"),
            models.UniqueConstraint(fields=["channel", "number"], name="diaspora_edition_number"),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="diaspora_edition_state"),
        ]
        indexes = [
            models.Index(
                fields=["channel", "-public_since"],
                condition=Q(kind="good_practice"),
                name="diaspora_edition_example",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.language} {self.version}"

    @property
    def title(self) -> str:
        return self.content.get("title", "")

    @property
    def name(self) -> UUID:
        """By which everybody knows the item: of what a hub passes on, the publisher's own."""
        origin = self.content.get("origin")
        return UUID(origin["id"]) if origin else self.item_id
