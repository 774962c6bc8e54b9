"""Once a week, to the mailbox for the press: what did not get there, and which pages nobody decided about.

Public API: `summarise()`. The key of the mail is the week, so that it goes out once.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import pgettext

from wagtail_diaspora.citizens import served_languages
from wagtail_diaspora.db import retry_when_locked
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.outbox.actions import post_mail
from wagtail_diaspora.outbox.models import Message

from .. import links
from ..models import Delivery, HubLine, Item, Membership
from ..models.ledger import counted
from ..states import DeliveryState
from .building import Speaker
from .deciding import undecided_in
from .inviting import plain_mail, unreached_of
from .telling import MORNING
from .unheard import unheard_of

__all__ = ["summarise"]

MONDAY = 0
LISTED = 20


def summarise(moment: datetime | None = None) -> int:
    """Of the last seven days, from Monday morning on; returns how many mails were written."""
    now = timezone.localtime(moment)
    if now.weekday() == MONDAY and now.time() < MORNING:
        return 0
    written = 0
    for municipality in Municipality.objects.filter(site__isnull=False).select_related("site__root_page"):
        key = f"week:{municipality.pk}:{now:%G-%V}"
        if not Message.objects.filter(key=key).exists():
            written += _write(municipality, key)
    return written


@retry_when_locked
@transaction.atomic
def _write(municipality: Municipality, key: str) -> bool:
    """Nothing where there is nothing to say."""
    language = next(iter(municipality.office_languages), served_languages()[0])
    with translation.override(language):
        found = _week_of(municipality)
        if not any(found.values()):
            return False
        publisher = Speaker.of(municipality, language).publisher
        subject = pgettext("mail subject", "News for the diaspora this week, %(municipality)s")
        post_mail(
            key=key,
            subject_key=f"week:{municipality.pk}",
            scope=municipality.scope,
            to=publisher.email,
            reply_to=municipality.email,
            subject=subject % {"municipality": publisher.name},
            language=language,
            **plain_mail("weekly", publisher=publisher, language=language, **found, **_reports()),
        )
    return True


def _week_of(municipality: Municipality) -> dict[str, Any]:
    since = timezone.now() - timedelta(days=7)
    lines = Delivery.objects.filter(partner__municipality=municipality)
    told = lines.filter(created_at__gte=since).exclude(state=DeliveryState.CANCELLED)
    pages = undecided_in([municipality])
    joined = Membership.objects.filter(municipality=municipality)
    hub_gaps = HubLine.objects.gaps().filter(membership__in=joined).order_by("-bounced_at")
    marked = Item.objects.wanted().of_pages().filter(municipality=municipality, marked_at__gte=since)
    return {
        "marked": marked.count(),
        "states": list(counted(told).items()),
        "gaps": list(lines.gaps().select_related("partner").order_by("-bounced_at")[:LISTED]),
        "hub_gaps": list(hub_gaps[:LISTED]),
        "unheard": unheard_of(joined)[:LISTED],
        "unreached": unreached_of([municipality], hubs=[municipality])[:LISTED],
        "undecided": list(pages[:LISTED]),
        "undecided_count": pages.count(),
    }


def _reports() -> dict[str, str]:
    return {
        "ledger": links.desk("diaspora_news_ledger"),
        "hub_ledger": links.desk("diaspora_news_hub_ledger"),
        "home": links.desk("wagtailadmin_home"),
        "decide": links.desk("diaspora_news_undecided"),
    }
