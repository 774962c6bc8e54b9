import io

import pytest
from django.core.management import call_command

from tests.factories.outbox import MessageFactory
from wagtail_diaspora.outbox.actions import deliver_due
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault import erasure
from wagtail_diaspora.vault.models import PrivateFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path / "private"}


def test_a_restored_site_erases_again_and_sends_nothing_by_itself(memory, monkeypatch):
    erased = []
    monkeypatch.setitem(erasure._erasers, "diaspora_vault.privatefile", lambda key: not erased.append(key))
    file = PrivateFile.objects.create(scope="test:1", name="a", content_type="image/jpeg", size=1)
    erasure.receipt(obj=file, by=None, places={})
    MessageFactory(channel="memory")
    out = io.StringIO()
    call_command("diaspora_restored", stdout=out)
    assert out.getvalue().splitlines()[-2:] == [
        "1 messages put aside; send each again from its case if need be",
        "1 erased again",
    ]
    assert (erased, deliver_due(), memory.delivered) == ([str(file.pk)], 0, [])
    assert Message.objects.get().last_error == "restored"
