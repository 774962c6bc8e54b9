"""What Wagtail says about pages only hurries the comparison, and hides at once what nobody may see."""

from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site

from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.outbox.models import Message

from .actions import counting, following, joining, marking, parting, passing, press, recording, restoring
from .models import Edition, Item, Member, RemoteItem, RemoteSource, SyndicationSettings

SHOWN = Edition.objects.told().select_related("item__municipality").order_by("channel", "pk")


def page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Published, or under another address with all that is below it."""
    pages = Page.objects.descendant_of(instance, inclusive=True)
    marking.look_again(Item.objects.wanted().filter(translation_key__in=pages.values("translation_key")))


def page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """It may stand where only some may read now."""
    below = Page.objects.descendant_of(instance, inclusive=True)
    recording.hide(SHOWN.filter(page__in=below.private().values("pk")))
    page_changed(sender, instance)


def page_gone(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Unpublished, or about to be deleted."""
    if isinstance(instance, Page):
        recording.hide(SHOWN.filter(page=instance.pk))
        marking.look_again(Item.objects.wanted().filter(translation_key=instance.translation_key))


def page_restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    below = Page.objects.descendant_of(instance.page, inclusive=True)
    recording.hide(SHOWN.filter(page__in=below.values("pk")))
    page_changed(sender, instance.page)


def restriction_lifted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    page_changed(sender, instance.page)


def site_changed(sender: Any, instance: Site, **kwargs: Any) -> None:
    marking.look_again(Item.objects.wanted().filter(municipality__site=instance))


def speaker_changed(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    """What every feed says of the municipality: its name, contact and rights."""
    is_settings = isinstance(instance, SyndicationSettings)
    counting.count_on_all(instance.municipality if is_settings else instance)


def usual_topics_changed(sender: Any, instance: models.Model, action: str, **kwargs: Any) -> None:
    """They are saved after the settings themselves."""
    if action.startswith("post_") and isinstance(instance, SyndicationSettings):
        counting.count_on_all(instance.municipality)


def topic_changed(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    counting.count_on_all()


def source_gone(sender: Any, instance: RemoteSource, origin: Any = None, **kwargs: Any) -> None:
    """About to be deleted. What another source has as well is passed on from there, the rest is withdrawn;
    who was a member by it is none any more, unless all that the hub has goes with it."""
    if getattr(origin, "model", type(origin)) is RemoteSource:
        for member in Member.objects.filter(source=instance).select_related("municipality", "source"):
            if joining.remove(member, keep_reading=True, user=None):
                parting.part(member)
    same = RemoteItem.objects.filter(municipality=instance.municipality_id).exclude(source=instance)
    passing.look_again(same.filter(identity__in=instance.items.values("identity")))
    marking.look_again(Item.objects.filter(source=instance))


def topic_chosen(sender: Any, instance: Topic, **kwargs: Any) -> None:
    """Whose only topic went would take everything, since whoever chose none does."""
    if takers := list(instance.partners.select_related("municipality")):
        names = ", ".join(f"{partner} ({partner.municipality})" for partner in takers)
        said = _("“%(topic)s” was chosen by newsrooms and cannot be deleted: %(newsrooms)s.")
        raise ProtectedError(said % {"topic": instance, "newsrooms": names}, set(takers))


def mail_settled(message: Message, **kwargs: Any) -> None:
    """Sent or failed; the mails of other rooms cost nothing here."""
    if press.is_ours(message):
        following.note_result(message)


def mail_returned(message: Message, **kwargs: Any) -> None:
    if press.is_ours(message):
        following.note_returned(message)


def mail_accepted(message: Message, at: Any = None, **kwargs: Any) -> None:
    if press.is_ours(message):
        following.note_accepted(message, at)


def put_aside(sender: Any, **kwargs: Any) -> str:
    """For the one who restored it, at the console."""
    count = restoring.put_aside()
    return f"{count} deliveries of news put aside; the first page of the admin says so to editors"


def press_mail_applies(message: Message) -> bool:
    return following.still_stands(message)
