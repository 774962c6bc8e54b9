"""A draft in two windows, in a busy database, and at its limits."""

import sqlite3

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.factories.registrar import a_site, a_submission, an_office
from tests.registrar.citizen import picture
from wagtail_diaspora import db
from wagtail_diaspora.exceptions import LimitReached, SomeoneWasFirst, UploadRefused
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar.actions import drafts, sending
from wagtail_diaspora.registrar.models import Draft, Order, OrderFile
from wagtail_diaspora.vault.models import PrivateFile

pytestmark = pytest.mark.django_db
NETWORK, OTHER_NETWORK = b"0" * 16, b"1" * 16
ITEM = {"type": "birth", "language": "bs", "copies": 1, "person": 0}
WITH_ADDRESS = {"items": [ITEM], "persons": [], "applicant": {"email": "ana@example.net"}}


@pytest.fixture
def office():
    return an_office()


def begin(office, network=NETWORK):
    return drafts.begin(
        office, page=None, secret_hash="", language="bs", network=network, answers={"items": [ITEM]}
    )


@pytest.fixture
def draft(office):
    return begin(office)


def with_options(settings, **options):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | options


def send(draft):
    return sending.send(draft, a_submission(draft.municipality))


def test_erasing_takes_the_address_out_of_the_outbox(draft):
    drafts.save(draft, answers=WITH_ADDRESS, language="bs")
    drafts.attach(draft, kind="identity", upload=picture())
    [message] = Message.objects.labelled(draft.subject_key)
    assert message.recipient == "ana@example.net"
    drafts.erase(draft)
    message.refresh_from_db()
    assert (message.state, message.recipient, message.payload) == ("cancelled", None, None)
    assert not Draft.objects.exists() and not OrderFile.objects.exists() and not PrivateFile.objects.exists()


def test_the_clock_erases_the_mails_of_what_is_overdue(draft):
    drafts.save(draft, answers=WITH_ADDRESS, language="bs")
    Draft.objects.update(expires_at=timezone.now())
    assert drafts.erase_overdue() == "1 drafts erased"
    assert Message.objects.get().recipient is None and not Draft.objects.exists()


class Busy:
    """Fails the first time after all was written, as SQLite does when somebody else was faster."""

    def __init__(self, monkeypatch):
        self.tries = 0
        post = drafts.outbox.post_mails

        def post_mails(mails):
            posted = post(mails)
            self.tries += 1
            if self.tries == 1:
                raise OperationalError("database is locked") from sqlite3.OperationalError()
            return posted

        monkeypatch.setattr(drafts.outbox, "post_mails", post_mails)
        monkeypatch.setattr(db, "pause", lambda attempt: 0)


@pytest.mark.django_db(transaction=True)
def test_a_second_try_after_a_lock_is_no_conflict_and_posts_the_mail(draft, monkeypatch):
    busy = Busy(monkeypatch)
    drafts.save(draft, answers=WITH_ADDRESS, language="bs")
    assert busy.tries == 2
    kept = Draft.objects.get()
    assert (kept.version, draft.version) == (1, 1)
    assert kept.answers == WITH_ADDRESS and Message.objects.count() == 1
    drafts.save(draft, answers=WITH_ADDRESS, language="de")
    drafts.take_over(draft, secret_hash="x")
    assert (Draft.objects.get().version, draft.version) == (3, 3)


def test_two_windows_do_not_overwrite_each_other(draft):
    other = Draft.objects.get()
    drafts.save(draft, answers=WITH_ADDRESS, language="bs")
    with pytest.raises(SomeoneWasFirst):
        drafts.save(other, answers={"items": []}, language="bs")
    with pytest.raises(SomeoneWasFirst):
        drafts.take_over(other, secret_hash="x")
    assert Draft.objects.get().answers == WITH_ADDRESS


def test_a_file_is_not_kept_on_a_draft_that_was_sent_meanwhile(draft):
    drafts.attach(draft, kind="identity", upload=picture())
    other = Draft.objects.get()
    order = send(Draft.objects.get())
    with pytest.raises(SomeoneWasFirst):
        drafts.attach(other, kind="identity", upload=picture())
    kept = order.files.get()
    with pytest.raises(SomeoneWasFirst):
        drafts.detach(other, file=kept.pk)
    with pytest.raises(SomeoneWasFirst):
        drafts.erase(other)
    assert order.files.get() == kept and PrivateFile.objects.count() == 1


def test_an_order_is_not_sent_without_a_file_that_came_meanwhile(draft):
    other = Draft.objects.get()
    drafts.attach(draft, kind="identity", upload=picture())
    with pytest.raises(SomeoneWasFirst):
        sending.send(other, a_submission(other.municipality), files=False)
    assert not Order.objects.exists()


def test_only_the_drafts_own_file_is_removed(office, draft):
    stranger = drafts.attach(begin(office), kind="identity", upload=picture())
    own = drafts.attach(draft, kind="identity", upload=picture())
    drafts.detach(draft, file=stranger.pk)
    drafts.detach(draft, file=own.pk)
    assert OrderFile.objects.get() == stranger


def test_an_order_has_so_many_documents(draft, settings):
    with_options(settings, DRAFT_MAX_ITEMS=2)
    drafts.save(draft, answers={"items": [ITEM] * 2}, language="bs")
    with pytest.raises(LimitReached) as refused:
        drafts.save(draft, answers={"items": [ITEM] * 3}, language="bs")
    assert "2" in str(refused.value) and refused.value.retry_after == 0


def test_an_office_has_so_many_living_drafts(office, settings):
    with_options(settings, DRAFTS_PER_SITE=2)
    begin(office), begin(office, OTHER_NETWORK)
    with pytest.raises(LimitReached) as refused:
        begin(office, b"2" * 16)
    assert refused.value.retry_after == 3600
    begin(an_office(site=a_site("two.example.org")))
    Draft.objects.filter(municipality=office).update(expires_at=timezone.now())
    begin(office)


def test_files_of_one_network_have_a_limit_together(office, settings):
    size = picture().size
    drafts.attach(begin(office), kind="identity", upload=picture())
    with_options(settings, DRAFT_BYTES_PER_NETWORK=size + 1)
    with pytest.raises(UploadRefused):
        drafts.attach(begin(office), kind="identity", upload=picture())
    drafts.attach(begin(office, OTHER_NETWORK), kind="identity", upload=picture())


def test_files_of_one_office_have_a_limit_together(office, settings):
    size = picture().size
    drafts.attach(begin(office), kind="identity", upload=picture())
    with_options(settings, DRAFT_BYTES_PER_SITE=size + 1)
    with pytest.raises(UploadRefused):
        drafts.attach(begin(office, OTHER_NETWORK), kind="identity", upload=picture())
    drafts.attach(begin(an_office(site=a_site("two.example.org"))), kind="identity", upload=picture())
