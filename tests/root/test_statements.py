"""Statements that are composed once, beside what the ORM reads and writes."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.outbox import a_mail
from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar.models import Item, Order, Person, RegistrarSettings, SearchDigest
from wagtail_diaspora.statements import Statement, change, insert

pytestmark = pytest.mark.django_db
WITH_PERSON = Statement(
    "FROM diaspora_registrar_item item JOIN diaspora_registrar_person person ON person.id = item.person_id "
    "WHERE item.order_id = %s ORDER BY item.position",
    item=Item,
    person=(Person, "id", "facts"),
)
WITH_SETTINGS = Statement(
    "FROM diaspora_registrar_order asked LEFT JOIN diaspora_registrar_registrarsettings settings "
    "ON settings.municipality_id = asked.municipality_id WHERE asked.id = %s",
    asked=Order,
    settings=(RegistrarSettings, "offer_version"),
)


@pytest.fixture
def order():
    return an_order(an_office(), types=("birth", "citizenship", "marriage"))


def values(row):
    fields = row._meta.concrete_fields
    return {one.attname: getattr(row, one.attname) for one in fields if one.attname in row.__dict__}


def test_rows_have_the_values_that_the_orm_reads(order):
    rows = WITH_PERSON.rows(order.pk)
    assert [values(item) for item, _person in rows] == [values(item) for item in order.items.all()]
    assert [person.facts for _item, person in rows] == [item.person.facts for item in order.items.all()]
    ((found, settings),) = WITH_SETTINGS.rows(order.pk)
    assert values(found) == values(Order.objects.get())
    assert settings.offer_version == RegistrarSettings.objects.get().offer_version


def test_what_was_not_asked_for_is_read_when_it_is_wanted(order):
    (_item, person), *_more = WITH_PERSON.rows(order.pk)
    assert "relation" not in person.__dict__ and person.relation == order.persons.first().relation


def test_a_table_without_a_row_gives_no_values(order):
    RegistrarSettings.objects.all().delete()
    ((found, settings),) = WITH_SETTINGS.rows(order.pk)
    assert (found, settings.offer_version) == (order, None)


def test_nobody_else_is_found(order):
    assert WITH_SETTINGS.rows(uuid4()) == []


def test_what_is_inserted_is_what_the_orm_reads(order):
    row = Person(order=order, position=9, relation="parent", facts={"forenames": "Žana", "n": [1, None]})
    assert insert([row]) == 1
    assert values(Person.objects.get(position=9)) == values(row)
    row.relation = "self"
    row.save()
    assert Person.objects.get(pk=row.pk).relation == "self"


def test_more_rows_than_one_statement_holds(order):
    SearchDigest.objects.all().delete()
    same = {"municipality": order.municipality, "order": order, "kind": "name"}
    many = 70000 // len(SearchDigest._meta.concrete_fields)
    rows = [SearchDigest(digest=number.to_bytes(16), **same) for number in range(many)]
    with CaptureQueriesContext(connection) as asked:
        assert insert(rows) == SearchDigest.objects.count() == many
    assert len(asked) > 1 + (connection.vendor == "sqlite")


def test_what_is_there_already_is_left_out_or_an_error(order):
    Message.objects.all().delete()
    first, second = (a_mail(key=key).as_message() for key in ("first", "second"))
    again = a_mail(key="first", text="Other words").as_message()
    assert insert([first]) == 1
    assert insert([again, second], new_only=True) == 1
    assert {row.key: row.pk for row in Message.objects.all()} == {"first": first.pk, "second": second.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([a_mail(key="second").as_message()])


def test_a_change_says_how_many_rows_it_met(order):
    now, update = timezone.now(), "UPDATE diaspora_registrar_order SET email_confirmed_at = %s WHERE id = %s"
    assert change(Order, update, now, order.pk) == 1
    assert Order.objects.get().email_confirmed_at == now
    assert change(Order, update, now, uuid4()) == 0


def test_nothing_to_insert_is_no_statement():
    with CaptureQueriesContext(connection) as asked:
        assert insert([]) == 0
    assert not len(asked)
