"""What no order could be quicker than: two requests with as many statements as ours, and no work at all.

P1 prints it as a row of its own, so that its goal can be read beside what the statements alone leave.
"""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

ROW = "x" * 200
PAGE = b"x" * 9000
READ = "SELECT id, model FROM django_content_type WHERE id = %s"
WRITE = "INSERT INTO bench_host_row (words) VALUES (%s)"


def post(request: HttpRequest) -> HttpResponse:
    """Three statements that read and eight that write, as the final POST has, in one durable commit."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        for _ in range(3):
            read(cursor, len(request.POST))
        for _ in range(8):
            cursor.execute(WRITE, [ROW])
    return HttpResponseRedirect("/floor/received/")


def received(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        read(cursor, 1)
    return HttpResponse(PAGE)


def read(cursor: CursorWrapper, number: int) -> None:
    cursor.execute(READ, [number])
    cursor.fetchall()
