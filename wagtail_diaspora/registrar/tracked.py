"""What the page of an order reads of it besides its history: the documents, the messages.

Public API: `items_of`, `thread_of`.
"""

from collections import Counter

from wagtail_diaspora.statements import Statement

from .models import DocumentType, Item, Order, OrderFile, Person
from .models.thread import ThreadMessage

__all__ = ["items_of", "thread_of"]

ITEMS = Statement(
    "FROM diaspora_registrar_item item "
    "JOIN diaspora_registrar_person person ON person.id = item.person_id "
    "JOIN diaspora_registrar_documenttype kind ON kind.id = item.document_type_id "
    "WHERE item.order_id = %s ORDER BY item.position",
    item=Item,
    person=Person,
    kind=(DocumentType, "id", "name"),
)
THREAD = Statement(
    "FROM diaspora_registrar_threadmessage message "
    "LEFT JOIN diaspora_registrar_orderfile file ON file.message_id = message.id "
    "WHERE message.order_id = %s ORDER BY message.created_at, message.id",
    message=ThreadMessage,
    file=(OrderFile, "id"),
)


def items_of(order: Order) -> list[Item]:
    """Each with its person and its type, of which only the name is there."""
    rows = ITEMS.rows(order.pk)
    for item, person, kind in rows:
        item.person, item.document_type = person, kind
    return [item for item, _person, _kind in rows]


def thread_of(order: Order) -> list[ThreadMessage]:
    """The oldest first, each with its `file_count`."""
    rows = THREAD.rows(order.pk)
    counts = Counter(message.pk for message, file in rows if file.pk)
    thread = {message.pk: message for message, _file in rows}
    for message in thread.values():
        message.file_count = counts[message.pk]
    return list(thread.values())
