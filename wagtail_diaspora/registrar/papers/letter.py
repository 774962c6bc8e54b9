"""The letterhead that every paper begins with, and the code that leads to the proof page."""

import io
from functools import partial
from typing import Any

import segno
from django.utils.translation import gettext as _
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from wagtail_diaspora.countries import country_name
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.pdf import Document
from wagtail_diaspora.pdf.document import HEIGHT, MARGIN, WIDTH
from wagtail_diaspora.scripts import to_latin
from wagtail_diaspora.words import say

from ..flow import name_of
from ..models import Order

ARMS = 18 * mm
ARMS_PIXELS = 400
WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH = 25 * mm, HEIGHT - 52 * mm, 80 * mm
POSTAL_NAMES = {"HK": "HONG KONG", "MO": "MACAO"}
BELOW_WINDOW = HEIGHT - 98 * mm


def begin(
    municipality: Municipality, *, title: str, language: str, footer: str, form: type[Document] = Document
) -> Any:
    """A document of the class `form` whose first lines say who writes."""
    office = say(municipality.office, language)
    document = form(title=title, language=_tag(language), author=str(municipality), footer=footer)
    left, top = MARGIN, HEIGHT - 14 * mm
    if picture := _arms(municipality):
        alt = _("Coat of arms of %(municipality)s") % {"municipality": municipality}
        place = {"left": MARGIN, "bottom": top - ARMS, "size": (ARMS, ARMS)}
        document.figure(partial(_draw_picture, picture), alt=alt, **place)
        left += ARMS + 5 * mm
    document.block_at([str(municipality)], left=left, top=top, width=WIDTH - MARGIN - left, size=14)
    contact = " · ".join(filter(None, [", ".join(municipality.address.splitlines()), municipality.phone]))
    lines = list(filter(None, [office, contact, municipality.email]))
    document.block_at(lines, left=left, top=top - 20, width=WIDTH - MARGIN - left, size=9)
    document.y = top - ARMS - 4 * mm
    document.rule()
    document.space(5 * mm)
    return document


def to_window(document: Document, order: Order) -> None:
    """The applicant's address, or only the name, where an envelope has its window (DIN 5008 B)."""
    name = to_latin(name_of(order.applicant))
    document.block_at(_address(order.address) or [name], left=WINDOW_LEFT, top=WINDOW_TOP, width=WINDOW_WIDTH)
    document.y = BELOW_WINDOW


def proof_code(document: Document, address: str, *, alt: str, bottom: float, size: float = 26 * mm) -> None:
    """A QR code at the right margin."""
    matrix = segno.make_qr(address, error="m").matrix
    place = {"left": WIDTH - MARGIN - size, "bottom": bottom, "size": (size, size)}
    document.figure(partial(_draw_code, matrix, size), alt=alt, **place)


def _draw_code(matrix: Any, size: float, canvas: Any) -> None:
    """Squares as one path, row by row."""
    unit = size / (len(matrix) + 8)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                path.rect((column + 4) * unit, size - (row + 5) * unit, unit, unit)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)


def _arms(municipality: Municipality) -> ImageReader | None:
    """The coat of arms, small; a letter without it is better than none."""
    if municipality.coat_of_arms is None:
        return None
    try:
        with municipality.coat_of_arms.file.open("rb") as file, Image.open(file) as image:
            image.thumbnail((ARMS_PIXELS, ARMS_PIXELS))
            flat = Image.new("RGB", image.size, "white")
            flat.paste(image, mask=image.convert("RGBA").getchannel("A"))
    except (OSError, ValueError):
        return None
    out = io.BytesIO()
    flat.save(out, "PNG")
    out.seek(0)
    return ImageReader(out)


def _draw_picture(picture: ImageReader, canvas: Any) -> None:
    canvas.drawImage(picture, 0, 0, ARMS, ARMS, preserveAspectRatio=True, anchor="nw")


def _address(address: dict) -> list[str]:
    """As the post of the country reads it: Latin letters, the country last, in English capitals.

    The post has shorter names than the CLDR for what is no State of its own.
    """
    place = f"{address.get('postcode', '')} {address.get('city', '')}".strip()
    country = address.get("country", "")
    name = POSTAL_NAMES.get(country) or country_name(country, language="en").upper()
    return [
        *filter(None, [address.get("name", ""), *address.get("lines", "").splitlines(), place]),
        *([name] if country not in ("", "BA") else []),
    ]


def _tag(language: str) -> str:
    """As BCP 47 writes it: `sr` is Cyrillic here."""
    return {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}.get(language, language)
