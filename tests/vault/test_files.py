import pytest
from django.db import transaction
from django.test import override_settings

from wagtail_diaspora.exceptions import Tampered
from wagtail_diaspora.vault import access, files
from wagtail_diaspora.vault.models import AccessLogEntry, PrivateFile

CONTENT = b"pasos" * 1000


@pytest.fixture(autouse=True)
def private(tmp_path, settings):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path / "private"}
    return tmp_path / "private"


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def keep():
    return files.store(CONTENT, scope="test:1", name="pasoš.jpg", content_type="image/jpeg")


@pytest.mark.django_db
def test_file_comes_back_and_lies_there_sealed_for_its_owner_only(private):
    file = PrivateFile.objects.get(pk=keep().pk)
    assert (files.read(file), file.name, file.size) == (CONTENT, "pasoš.jpg", len(CONTENT))
    (path,) = stored(private)
    assert b"pasos" not in path.read_bytes()
    assert oct(path.stat().st_mode)[-3:] == "600"


@pytest.mark.django_db
def test_file_exchanged_on_the_disk_does_not_open(private):
    one, other = keep(), keep()
    (private / one.stored_as).write_bytes((private / other.stored_as).read_bytes())
    with pytest.raises(Tampered):
        files.read(one)


@pytest.mark.django_db(transaction=True)
def test_bytes_go_when_the_deletion_is_committed(private):
    file = keep()
    with pytest.raises(RuntimeError), transaction.atomic():
        files.delete(PrivateFile.objects.get(pk=file.pk))
        raise RuntimeError
    assert files.read(file) == CONTENT
    files.delete(PrivateFile.objects.get(pk=file.pk))
    assert stored(private) == []


@pytest.mark.django_db(transaction=True)
def test_bytes_without_a_row_are_swept_after_their_time(private, settings):
    with pytest.raises(RuntimeError), transaction.atomic():
        keep()
        raise RuntimeError
    kept = keep()
    files.sweep_orphans()
    assert len(stored(private)) == 2
    with override_settings(WAGTAIL_DIASPORA={**settings.WAGTAIL_DIASPORA, "ORPHAN_FILE_HOURS": -1}):
        files.sweep_orphans()
    assert stored(private) == [private / kept.stored_as]


@pytest.mark.django_db(transaction=True)
def test_replaced_file_has_the_new_bytes(private):
    file = keep()
    files.replace(file, b"new", content_type="image/png", state="clean")
    again = PrivateFile.objects.get()
    assert (files.read(again), again.size, len(stored(private))) == (b"new", 3, 1)


@pytest.mark.django_db(transaction=True)
def test_old_bytes_stay_when_the_replacement_is_not_committed(private):
    file = keep()
    with pytest.raises(RuntimeError), transaction.atomic():
        files.replace(PrivateFile.objects.get(), b"new", content_type="image/png", state="clean")
        raise RuntimeError
    assert files.read(PrivateFile.objects.get(pk=file.pk)) == CONTENT


@pytest.mark.django_db
def test_free_space_is_compared_with_the_reserve(settings):
    assert files.free_space_ok() is True
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FREE_DISK_RESERVE": 1 << 60}
    assert files.free_space_ok() is False


@pytest.mark.django_db(transaction=True)
def test_access_is_not_recorded_inside_a_transaction(django_user_model):
    clerk = django_user_model.objects.create(username="clerk")
    with pytest.raises(RuntimeError), transaction.atomic():
        access.record(user=clerk, scope="test:1", action="read", obj=PrivateFile)
    assert AccessLogEntry.objects.count() == 0
    access.record(user=clerk, scope="test:1", action="read", obj=PrivateFile)
    entry = AccessLogEntry.objects.get()
    assert (entry.user, entry.object_label, entry.by_superuser) == (
        clerk,
        "diaspora_vault.privatefile",
        False,
    )
