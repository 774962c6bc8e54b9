import io
import shutil
import struct
import subprocess
import time
import zipfile
import zlib

import pikepdf
import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.lacking import lacking
from tests.on_postgres import free_port
from wagtail_diaspora.exceptions import UploadRefused
from wagtail_diaspora.vault import files, inspection, refusals
from wagtail_diaspora.vault.inspection import inspect, inspect_again
from wagtail_diaspora.vault.models import PrivateFile

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(content, name="scan.jpg"):
    return SimpleUploadedFile(name, content)


def picture(form="JPEG", size=(60, 40), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **options)
    return out.getvalue()


def heic():
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "navy")).save(out)
    return out.getvalue()


def pdf(change=lambda document: None, pages=1, **options):
    out = io.BytesIO()
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    change(document)
    document.save(out, **options)
    return out.getvalue()


def script(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = document.make_indirect(action)


def opens(action):
    def change(document):
        document.Root.OpenAction = action(document)

    return change


def uri(document):
    return document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://tracker.example.org"))


def to_page(document, **more):
    where = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])
    return pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=where, **more)


def vast_png():
    """Says that it has 400 million pixels."""
    header = struct.pack("!II5B", 20_000, 20_000, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def attachment(document):
    document.attachments["a.txt"] = b"hidden"


def launch(document):
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("evil.js", "alert(1)")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (picture(), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (heic(), "image/jpeg"),
        (pdf(pages=2), "application/pdf"),
        (pdf(opens(to_page)), "application/pdf"),
        (pdf(opens(lambda d: pikepdf.Array([d.pages[0].obj, pikepdf.Name.Fit]))), "application/pdf"),
    ],
)
def test_upload_is_accepted_by_its_content(content, content_type):
    found = inspect(upload(content, "anything.exe"))
    assert (found.content_type, found.state) == (content_type, "clean")


def test_picture_loses_its_metadata_and_keeps_its_orientation():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "where I live"
    found = inspect(upload(picture(exif=exif.tobytes())))
    clean = Image.open(io.BytesIO(found.content))
    assert (clean.size, dict(clean.getexif())) == ((40, 60), {})
    assert b"where I live" not in found.content


def test_what_is_behind_a_picture_does_not_survive():
    found = inspect(upload(picture() + b"<script>alert(1)</script>" + archive()))
    assert b"script" not in found.content and b"evil" not in found.content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
        (b"<html><script>alert(1)</script>", "type"),
        (b"GIF89a/*" + picture("PNG"), "type"),
        (picture("GIF"), "type"),
        (archive(), "type"),
        (b"junk" + pdf(), "type"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 200, "type"),
        (picture()[:300], "type"),
        (b"%PDF-1.7\nnothing", "broken"),
        (pdf(pages=21), "pages"),
        (pdf(script), "active"),
        (pdf(opens(uri)), "active"),
        (pdf(opens(lambda d: pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.Print))), "active"),
        (pdf(opens(lambda d: to_page(d, Next=uri(d)))), "active"),
        (pdf(opens(lambda d: pikepdf.Dictionary())), "active"),
        (pdf(attachment), "active"),
        (pdf(launch), "active"),
        (pdf(encryption=pikepdf.Encryption(user="a", owner="b")), "encrypted"),
        (pdf(encryption=pikepdf.Encryption(user="", owner="b")), "encrypted"),
        (picture("PNG", (9000, 9000), compress_level=9), "pixels"),
        (vast_png(), "pixels"),
    ],
)
def test_hostile_upload_is_refused_with_its_reason(content, reason):
    with pytest.raises(UploadRefused) as refusal:
        inspect(upload(content))
    assert refusal.value.reason in (reason, "broken" if reason == "type" else reason)
    assert str(refusal.value).endswith(".")


def test_upload_over_the_limit_is_refused_before_it_is_read(settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "UPLOAD_MAX_BYTES": 1024 * 1024}
    with pytest.raises(UploadRefused, match="1 MB"):
        inspect(upload(b"\xff" * (1024 * 1024 + 1)))


@pytest.mark.parametrize(
    ("name", "value", "reason", "words"),
    [
        ("UPLOAD_MAX_BYTES", 1024 * 1536, "size", "1.5 MB"),
        ("UPLOAD_MAX_PIXELS", 20_000_000, "pixels", "20 million pixels"),
        ("UPLOAD_MAX_PAGES", 7, "pages", "7 pages"),
    ],
)
def test_a_refusal_says_the_limit_that_is_set(settings, english, name, value, reason, words):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, name: value}
    assert words in refusals.sentence(reason)


@pytest.mark.django_db
def test_file_is_kept_while_the_scanner_is_away_and_decided_later(settings, tmp_path):
    ours = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path, "CLAMD_ADDRESS": "127.0.0.1:1"}
    settings.WAGTAIL_DIASPORA = ours
    found = inspect(upload(picture("PNG")))
    assert (found.state, found.content) == ("checking", picture("PNG"))
    files.store(
        found.content, scope="t:1", name=found.name, content_type=found.content_type, state=found.state
    )
    assert inspect_again() == "0 of 1 files decided"
    settings.WAGTAIL_DIASPORA = {**ours, "CLAMD_ADDRESS": None}
    assert inspect_again() == "1 of 1 files decided"
    assert PrivateFile.objects.values_list("state", "content_type").get() == ("clean", "image/png")


@pytest.fixture
def unscanned(settings, tmp_path):
    """Keeps files that are being checked; `unscanned.back()` lets them be decided."""
    ours = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path, "CLAMD_ADDRESS": "127.0.0.1:1"}
    settings.WAGTAIL_DIASPORA = ours

    def keep(content):
        return files.store(content, scope="t:1", name="a", content_type="image/png", state="checking")

    keep.back = lambda: setattr(settings, "WAGTAIL_DIASPORA", {**ours, "CLAMD_ADDRESS": None})
    return keep


@pytest.mark.django_db
def test_a_late_refusal_keeps_its_reason(unscanned, english):
    file = unscanned(pdf(script))
    unscanned.back()
    assert inspect_again() == "1 of 1 files decided"
    file.refresh_from_db()
    assert (file.state, file.refusal) == ("refused", "active")
    assert file.get_state_display() == f"Refused: {refusals.sentence('active')}"
    assert unscanned(picture()).get_state_display() == "Being checked"


@pytest.mark.django_db
def test_files_without_an_answer_let_others_be_tried(unscanned, monkeypatch):
    monkeypatch.setattr(inspection, "TRIES_PER_RUN", 2)
    stuck, new = [unscanned(picture()) for _number in range(2)], unscanned(picture("PNG"))
    assert inspect_again() == "0 of 2 files decided"
    unscanned.back()
    assert inspect_again() == "2 of 2 files decided"
    states = dict(PrivateFile.objects.values_list("pk", "state"))
    assert states[new.pk] == "clean" and sorted(states[one.pk] for one in stuck) == ["checking", "clean"]


@pytest.mark.django_db
def test_a_file_whose_bytes_are_gone_holds_up_no_other(unscanned, tmp_path):
    gone, other = unscanned(picture()), unscanned(picture())
    (tmp_path / gone.stored_as).unlink()
    unscanned.back()
    assert inspect_again() == "1 of 2 files decided"
    assert dict(PrivateFile.objects.values_list("pk", "state")) == {gone.pk: "checking", other.pk: "clean"}


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    """A real clamd that knows EICAR only."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        lacking("clamd is missing (apt-get install clamav-daemon).")
    folder, port = tmp_path_factory.mktemp("clamd"), free_port()
    (folder / "eicar.ndb").write_text(f"Eicar:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\nUser root\n"
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield f"127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def test_virus_is_refused_by_a_real_scanner(scanner, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "CLAMD_ADDRESS": scanner}
    for _attempt in range(100):
        if inspect(upload(picture())).state == "clean":
            break
        time.sleep(0.1)
    with pytest.raises(UploadRefused) as refusal:
        inspect(upload(picture() + EICAR))
    assert refusal.value.reason == "virus"
