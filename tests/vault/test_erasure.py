from datetime import timedelta

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import transaction
from django.utils import timezone

from wagtail_diaspora.exceptions import JournalBehind
from wagtail_diaspora.outbox import leases
from wagtail_diaspora.vault import checks, erasure, files
from wagtail_diaspora.vault.jobs import JOBS
from wagtail_diaspora.vault.models import ErasureReceipt, PrivateFile

pytestmark = pytest.mark.django_db(transaction=True)


class Bucket(InMemoryStorage):
    """As far from a folder as S3 is; `away` is what it raises while nobody reaches it."""

    away: Exception | None = None

    def _save(self, name, content):
        if self.away:
            raise self.away
        return super()._save(name, content)


@pytest.fixture
def bucket(settings):
    """The private storage of the shipped production settings: no folder at all."""
    settings.STORAGES = {**settings.STORAGES, "private": {"BACKEND": f"{__name__}.Bucket"}}
    where = {"PRIVATE_ROOT": None, "PRIVATE_STORAGE": "private"}
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, **where}
    return files.private_storage()


@pytest.fixture
def folder(settings, tmp_path):
    where = {"PRIVATE_ROOT": tmp_path / "private", "PRIVATE_STORAGE": None}
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, **where}
    return files.private_storage()


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def erased(monkeypatch):
    """Keys that were erased again."""
    keys = []
    monkeypatch.setitem(erasure._erasers, "diaspora_vault.privatefile", lambda key: not keys.append(key))
    return keys


def erase_one():
    file = PrivateFile.objects.create(scope="test:1", name="a.jpg", content_type="image/jpeg", size=1)
    return erasure.receipt(obj=file, by=None, places={"files": 1})


def job():
    return next(job for job in JOBS if job.name == "vault.journal")


def test_erasure_is_replayed_from_the_journal(storage, erased):
    with pytest.raises(RuntimeError), transaction.atomic():
        erase_one()
        raise RuntimeError
    assert erasure.replay() == 0
    receipt = erase_one()
    assert (erasure.replay(), erased) == (1, [receipt.object_id])
    assert ErasureReceipt.objects.get().places == {"files": 1}


def test_the_journal_has_each_erasure_once_and_is_no_orphan(storage, erased, settings):
    receipt = erase_one()
    erasure.receipt(obj=PrivateFile.objects.get(pk=receipt.object_id), by=None, places={})
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "ORPHAN_FILE_HOURS": -1}
    files.sweep_orphans()
    assert erasure.replay() == 1


def test_an_erasure_stands_while_the_storage_is_away_and_is_noted_later(bucket, erased):
    bucket.away = ConnectionError("secret.example.org")
    first, second = erase_one(), erase_one()
    assert (ErasureReceipt.objects.unjournalled().count(), erasure.replay()) == (2, 0)
    with pytest.raises(JournalBehind):
        erasure.note_missing()
    bucket.away = None
    assert (erasure.note_missing(), erasure.note_missing()) == ("2 erasures noted", None)
    assert erasure.replay() == 2
    assert set(erased) == {first.object_id, second.object_id}


def test_the_tick_says_that_the_journal_is_behind(bucket, erased, english):
    bucket.away = ConnectionError("secret.example.org")
    erase_one()
    run = leases.run(job(), force=True)
    assert (run.failed, run.outcome) == (
        True,
        "The storage of private files does not take the journal of erasures.",
    )


def test_a_journal_that_stays_behind_is_warned_of(bucket):
    bucket.away = ConnectionError("secret.example.org")
    erase_one()
    assert checks.check_journal(databases=["default"]) == []
    ErasureReceipt.objects.update(at=timezone.now() - timedelta(hours=1))
    assert [found.id for found in checks.check_journal(databases=["default"])] == ["diaspora_vault.W008"]
    assert checks.check_journal(databases=None) == []
