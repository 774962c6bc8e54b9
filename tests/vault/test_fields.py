import pytest
from django.core.exceptions import FieldError
from django.db import connection

from wagtail_diaspora.exceptions import Tampered
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.vault import crypto
from wagtail_diaspora.vault.models import uuid7

pytestmark = pytest.mark.django_db


def make(key, **values):
    return Message(key=key, subject_key=key, scope="test:1", message_id=f"<{key}@x>", **values)


def stored(message, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM diaspora_outbox_message WHERE key = %s", [message.key])
        return bytes(cursor.fetchone()[0])


def test_sealed_fields_come_back_and_are_not_in_the_table():
    message = make("a", recipient="mara@example.net", payload={"text": "Poštovana Маро"})
    message.save()
    again = Message.objects.get(pk=message.pk)
    assert (again.recipient, again.payload) == ("mara@example.net", {"text": "Poštovana Маро"})
    assert b"mara" not in stored(message, "recipient")


def test_sealed_field_of_another_row_does_not_open():
    one, other = make("a", recipient="mara@example.net"), make("b", recipient="ana@example.net")
    Message.objects.bulk_create([one, other])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE diaspora_outbox_message SET recipient = %s WHERE key = 'b'", [stored(one, "recipient")]
        )
    with pytest.raises(Tampered):
        _ = Message.objects.get(key="b").recipient


def test_sealed_field_that_was_not_read_is_written_back_as_it_was():
    make("a", recipient="mara@example.net").save()
    message = Message.objects.get(key="a")
    before = stored(message, "recipient")
    message.save()
    assert stored(message, "recipient") == before


def test_json_changed_in_place_is_saved():
    make("a", payload={"n": 1}).save()
    message = Message.objects.get(key="a")
    message.payload["n"] = 2
    message.save()
    assert Message.objects.get(key="a").payload == {"n": 2}


def test_reading_a_list_opens_nothing(monkeypatch):
    Message.objects.bulk_create([make(str(n), recipient="x") for n in range(3)])
    opened = []
    monkeypatch.setattr(crypto, "unseal", lambda *a, **k: opened.append(a))
    assert [m.scope for m in Message.objects.all()] == ["test:1"] * 3
    assert opened == []


def test_sealed_field_is_neither_searched_nor_updated_in_bulk():
    with pytest.raises(FieldError):
        Message.objects.filter(recipient="mara@example.net").exists()
    assert Message.objects.filter(recipient__isnull=True).count() == 0
    with pytest.raises(FieldError):
        Message.objects.update(recipient="mara@example.net")


def test_sealed_value_does_not_print_itself():
    make("a", recipient="mara@example.net").save()
    assert str(Message.objects.values_list("recipient", flat=True).get()) == "<sealed>"


def test_uuid7_rises_and_has_its_version():
    made = [uuid7() for _ in range(5000)]
    assert made == sorted(made) and len(set(made)) == 5000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
