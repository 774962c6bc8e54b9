from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

from wagtail_diaspora.municipalities.models import Municipality


def draw(office: Municipality) -> Any:
    """An invented coat of arms."""
    picture = Image.new("RGB", (480, 560), "white")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(20, 20), (460, 20), (460, 320), (240, 540), (20, 320)], fill="#1d4e6b", outline="#0f2f42")
    draw.polygon(
        [(130, 270), (130, 150), (180, 190), (240, 100), (300, 190), (350, 150), (350, 270)], fill="#f3d27a"
    )
    for top in (320, 370):
        draw.line(
            [(90, top), (165, top - 25), (240, top), (315, top - 25), (390, top)], fill="#9fd0e6", width=18
        )
    out = BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    file = ImageFile(out, name=f"{office.code}-emblem.png")
    return get_image_model().objects.create(title=f"{office} (demo)", file=file)
