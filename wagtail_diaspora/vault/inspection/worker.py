"""Decodes one uploaded file, in a process of its own with limits, so that a hostile file harms nobody.

Run as a script, without Django: one JSON line with the limits and then the bytes come in; one JSON line
`{"content_type", "pages"}` or `{"refused": reason}` and then the clean bytes go out.
"""

import io
import json
import sys

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
MODE_OF_FORMAT = {"JPEG": JPEG, "MPO": JPEG, "HEIF": JPEG, "PNG": PNG}

# PDF names that make a reader do something, or carry files of other kinds.
ACTIVE_KEYS = {
    "/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/AA",
    "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/3D", "/AF",
}  # fmt: skip
ACTIVE_TYPES = ACTIVE_KEYS | {"/FileAttachment", "/Screen", "/Filespec"}


class Refused(Exception):
    """The reason is a key of `inspection.REASONS`."""


def limit_memory(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def inspect(content: bytes, limits: dict) -> tuple[bytes, dict]:
    if content.startswith(b"%PDF-"):
        return inspect_pdf(content, limits)
    return inspect_picture(content, limits)


def inspect_picture(content: bytes, limits: dict) -> tuple[bytes, dict]:
    """Decode and encode again: what is not pixels does not survive."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = limits["pixels"]
    try:
        picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "HEIF", "MPO"])
    except Image.DecompressionBombError:  # Pillow's word for twice the limit
        raise Refused("pixels") from None
    except Exception:
        raise Refused("type") from None
    content_type = MODE_OF_FORMAT[picture.format]
    if picture.width * picture.height > limits["pixels"]:
        raise Refused("pixels")
    if getattr(picture, "n_frames", 1) > 1 and picture.format == "PNG":
        raise Refused("type")
    try:
        picture = ImageOps.exif_transpose(picture)
        return encode(picture, content_type), {"content_type": content_type, "pages": 1}
    except MemoryError:
        raise
    except Exception:
        raise Refused("broken") from None


def encode(picture, content_type: str) -> bytes:
    out = io.BytesIO()
    mode = "RGB" if content_type == JPEG else "RGBA" if "A" in picture.getbands() else "RGB"
    clean = picture.convert(mode)
    clean.info = {}
    if content_type == JPEG:
        clean.save(out, "JPEG", quality=90)
    else:
        clean.save(out, "PNG")
    return out.getvalue()


def inspect_pdf(content: bytes, limits: dict) -> tuple[bytes, dict]:
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except Exception:
        raise Refused("broken") from None
    with document:
        if document.is_encrypted:
            raise Refused("encrypted")
        if not 0 < len(document.pages) <= limits["pages"]:
            raise Refused("pages")
        if acts_when_opened(document, pikepdf) or any(is_active(o, pikepdf) for o in document.objects):
            raise Refused("active")
        pages = len(document.pages)
        out = io.BytesIO()
        del document.docinfo
        document.save(out)
    return out.getvalue(), {"content_type": PDF, "pages": pages}


def acts_when_opened(document, pikepdf) -> bool:
    """Whether opening it does more than show a place in it (ISO 32000-1, 12.3.2 and 12.6.4.2)."""
    action = document.Root.get("/OpenAction")
    if action is None or isinstance(action, pikepdf.Array):
        return False
    is_action = isinstance(action, pikepdf.Dictionary)
    return not is_action or str(action.get("/S", "")) != "/GoTo" or "/Next" in action


def is_active(thing, pikepdf, depth: int = 0) -> bool:
    """Whether an object, or one directly within it, is more than pages to look at."""
    if depth > 50:
        return True
    if isinstance(thing, pikepdf.Array):
        return any(is_active(part, pikepdf, depth + 1) for part in thing if not is_elsewhere(part))
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if ACTIVE_KEYS & set(thing.keys()):
        return True
    if {str(thing.get(key, "")) for key in ("/S", "/Subtype", "/Type")} & ACTIVE_TYPES:
        return True
    parts = (thing.get(key) for key in thing.keys())  # noqa: SIM118
    return any(is_active(part, pikepdf, depth + 1) for part in parts if not is_elsewhere(part))


def is_elsewhere(part) -> bool:
    """Indirect objects are looked at on their own."""
    return getattr(part, "is_indirect", False)


def main() -> None:
    header = sys.stdin.buffer.readline()
    limits = json.loads(header)
    limit_memory(limits["memory"])
    content = sys.stdin.buffer.read()
    try:
        clean, answer = inspect(content, limits)
    except Refused as refused:
        clean, answer = b"", {"refused": refused.args[0]}
    except (MemoryError, RecursionError):
        clean, answer = b"", {"refused": "pixels"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + clean)


if __name__ == "__main__":
    main()
