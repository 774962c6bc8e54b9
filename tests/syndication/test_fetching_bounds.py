"""Servers that send too much, too slowly or for ever."""

import itertools
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from tests.syndication.web import Page, zipped
from wagtail_diaspora.syndication import fetching
from wagtail_diaspora.syndication.fetching import fetch
from wagtail_diaspora.syndication.fetching.deadline import Deadline

MEGABYTE = 1024 * 1024


FEED = b"<rss><channel/></rss>" * 50


DRIP = {"pieces": itertools.repeat(b"x"), "pause": 0.05}


@pytest.mark.parametrize(
    "page",
    [
        Page(b"x" * (MEGABYTE + 1)),
        Page(pieces=itertools.repeat(b"x" * 4096)),
        zipped(b"\0" * 200 * MEGABYTE),
        Page(zlib.compress(b"\0" * 50 * MEGABYTE), headers={"Content-Encoding": "deflate"}),
    ],
    ids=["large", "endless", "gzip bomb", "deflate bomb"],
)
def test_what_is_too_large_is_cut_and_memory_does_not_grow(web, page):
    web.pages["/feed"] = page
    tracemalloc.start()
    try:
        with pytest.raises(fetching.TooLarge):
            fetch(web.url("/feed"), max_bytes=MEGABYTE)
        assert tracemalloc.get_traced_memory()[1] < 12 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_a_bomb_behind_a_redirect_is_not_read(web):
    web.pages["/feed"] = Page(
        pieces=itertools.repeat(b"x" * 4096), status=302, headers={"Location": "/there"}
    )
    web.pages["/there"] = Page(FEED)
    assert fetch(web.url("/feed")).body == FEED


@pytest.mark.parametrize(
    "page",
    [Page(**DRIP), Page(**DRIP, headers={"Content-Length": "100000"}), Page(pieces=[b""], pause=30)],
    ids=["drip", "drip of a known length", "nothing"],
)
def test_a_slow_server_is_cut_at_the_deadline(web, page):
    web.pages["/feed"] = page
    began = time.monotonic()
    with pytest.raises(fetching.TooSlow):
        fetch(web.url("/feed"), deadline_seconds=0.2)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n"])
def test_headers_that_drip_are_cut_too(settings, first):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1",)}
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip():
            connection, _address = listening.accept()
            with connection:
                connection.recv(4096)
                try:
                    connection.sendall(first)
                    while True:
                        connection.sendall(b"x")
                        time.sleep(0.05)
                except OSError:
                    return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        with pytest.raises(fetching.TooSlow):
            fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/", deadline_seconds=0.2)
        dripping.join(10)
        assert not dripping.is_alive()


def test_a_name_server_that_does_not_answer_is_not_waited_for(web, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *question: time.sleep(30))
    with pytest.raises(fetching.TooSlow):
        fetch("http://primjer.example.org/", deadline_seconds=0.1)


def test_a_connection_that_comes_too_late_is_closed():
    one, other = socket.socketpair()
    with other, Deadline(0.01) as deadline:
        time.sleep(0.05)
        with pytest.raises(fetching.TooSlow):
            deadline.watch(one)
        assert one.fileno() == -1


def test_a_name_of_many_addresses_that_do_not_answer_is_given_up(web, monkeypatch):
    """Each of them is permitted, and drops what it gets."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port, waiting = full.getsockname()[1], []
        for _number in range(8):  # until nobody is let in any more
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
            waiting.append(client)
        many = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))] * 50
        monkeypatch.setattr(socket, "getaddrinfo", lambda *question: many)
        began = time.monotonic()
        with pytest.raises(fetching.TooSlow):
            fetch(f"http://primjer.example.org:{port}/", deadline_seconds=0.4)
        assert time.monotonic() - began < 10
        for client in waiting:
            client.close()


def test_nothing_is_left_behind_after_many_reads(web):
    web.pages["/feed"] = Page(FEED)
    for _number in range(5):
        fetch(web.url("/feed"))
    before = threading.active_count()
    for _number in range(20):
        fetch(web.url("/feed"))
    for _moment in range(200):
        if threading.active_count() <= before:
            break
        time.sleep(0.01)
    assert threading.active_count() <= before + 1
