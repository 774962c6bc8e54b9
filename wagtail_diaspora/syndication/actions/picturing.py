"""The JPEG that goes out with an item, made once and outside any request."""

import logging
from collections.abc import Iterable
from typing import Any

from wagtail.images import get_image_model

from ..models import Edition
from ..sources import mark_of

__all__ = ["make_pictures", "read_picture"]

logger = logging.getLogger(__name__)

FILTER = "max-1600x1600|format-jpeg|jpegquality-85"


def make_pictures(editions: Iterable[Edition]) -> None:
    """For those of `editions` whose picture is missing or another one.

    A file that cannot be read means no picture this time: the next writing of the feed tries again.
    """
    due = [
        e for e in editions if e.content.get("image") and e.picture.get("hash") != e.content["image"]["hash"]
    ]
    images = get_image_model()._default_manager.in_bulk([e.content["image"]["id"] for e in due])
    for edition in due:
        made = _make(images.get(edition.content["image"]["id"]))
        if not made:
            continue
        edition.picture = {"hash": edition.content["image"]["hash"], **made}
        Edition.objects.filter(pk=edition.pk, version=edition.version).update(picture=edition.picture)


def read_picture(edition: Edition) -> bytes | None:
    """The bytes of the JPEG that was made; None where it cannot be read any more."""
    image = get_image_model()._default_manager.filter(pk=edition.content["image"].get("id")).first()
    if image is None or mark_of(image) != edition.picture.get("hash"):
        return None
    try:
        with image.get_rendition(FILTER).file.open("rb") as file:
            return file.read()
    except Exception:  # whatever a storage or an image library raises
        logger.exception("The picture of image %s could not be read.", image.pk)
        return None


def _make(image: Any) -> dict[str, Any]:
    if image is None:
        return {}
    try:
        rendition = image.get_rendition(FILTER)
        return {
            "url": rendition.url,
            "length": rendition.file.size,
            "width": rendition.width,
            "height": rendition.height,
        }
    except Exception:  # whatever a storage or an image library raises
        logger.exception("The picture of image %s could not be made.", image.pk)
        return {}
