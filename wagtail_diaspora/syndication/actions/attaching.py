"""The picture in the mail itself, for newsrooms that asked for it.

Public API: `attach_picture(partner, lines)`, `forget_pictures(lines)`.
"""

from django.db.models import QuerySet

from wagtail_diaspora import conf
from wagtail_diaspora.vault import files
from wagtail_diaspora.vault.models import PrivateFile

from ..models import Delivery, Partner
from .picturing import read_picture

__all__ = ["attach_picture", "forget_pictures"]


def attach_picture(partner: Partner, lines: list[Delivery]) -> None:
    """In a mail about one item, while it is small; the link to the whole picture is there always."""
    line = lines[0]
    length = line.edition.picture.get("length", 0)
    if not partner.attaches_picture or len(lines) > 1 or not 0 < length <= conf.PRESS_PICTURE_MAX_BYTES:
        return
    if content := read_picture(line.edition):
        name, scope = f"{line.edition.item_id}.jpg", partner.municipality.scope
        line.attachment = files.store(content, scope=scope, name=name, content_type="image/jpeg")


def forget_pictures(lines: QuerySet[Delivery]) -> None:
    """Their mails have left, or never will."""
    for file in PrivateFile.objects.filter(pk__in=lines.exclude(attachment=None).values("attachment")):
        files.delete(file)
