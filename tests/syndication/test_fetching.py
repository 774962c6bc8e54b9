import datetime
import gzip
import itertools
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from contextlib import nullcontext

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.syndication.web import Page, zipped
from wagtail_diaspora.syndication import fetching
from wagtail_diaspora.syndication.fetching import fetch, post
from wagtail_diaspora.syndication.fetching.deadline import Deadline

MEGABYTE = 1024 * 1024
FEED = b"<rss><channel/></rss>" * 50
DRIP = {"pieces": itertools.repeat(b"x"), "pause": 0.05}


def test_fetch_reads_and_says_who_asks(web):
    web.pages["/feed"] = Page(FEED, etag='"1"')
    read = fetch(web.url("/feed"), asked_by="https://primjer.example.org")
    assert (read.status, read.body, read.headers["ETag"]) == (200, FEED, '"1"')
    assert web.asked[0].headers["User-Agent"].endswith("(+https://primjer.example.org)")
    again = fetch(web.url("/feed"), etag='"1"', modified="Thu, 01 Jan 2026 00:00:00 GMT")
    assert (again.status, again.body) == (304, b"")
    assert web.asked[1].headers["If-Modified-Since"] == "Thu, 01 Jan 2026 00:00:00 GMT"


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(FEED)),
        ("gzip", gzip.compress(FEED[:100]) + gzip.compress(FEED[100:])),
        ("deflate", zlib.compress(FEED)),
        ("deflate", raw_deflate(FEED)),
        ("identity", FEED),
    ],
    ids=["gzip", "gzip in two", "deflate", "deflate without a header", "identity"],
)
def test_fetch_decompresses(web, encoding, body):
    web.pages["/feed"] = Page(body, headers={"Content-Encoding": encoding})
    assert fetch(web.url("/feed")).body == FEED


@pytest.mark.parametrize("page", [Page(b"\x1f\x8bxx"), Page(gzip.compress(FEED)[:-9])])
def test_a_broken_compression_is_a_broken_answer(web, page):
    page.headers = {"Content-Encoding": "gzip"}
    web.pages["/feed"] = page
    with pytest.raises(fetching.BrokenAnswer):
        fetch(web.url("/feed"))


def test_an_unknown_compression_is_a_broken_answer(web):
    web.pages["/feed"] = Page(FEED, headers={"Content-Encoding": "br"})
    with pytest.raises(fetching.BrokenAnswer):
        fetch(web.url("/feed"))


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
        fetch(web.url("/feed"), deadline_seconds=0.5)
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
            fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/", deadline_seconds=0.5)
        dripping.join(10)
        assert not dripping.is_alive()


def test_a_name_server_that_does_not_answer_is_not_waited_for(web, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *question: time.sleep(30))
    with pytest.raises(fetching.TooSlow):
        fetch("http://primjer.example.org/", deadline_seconds=0.3)


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
            fetch(f"http://primjer.example.org:{port}/", deadline_seconds=1)
        assert time.monotonic() - began < 10
        for client in waiting:
            client.close()


PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1.2.3/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://0.0.0.0/",
    "http://100.64.0.1/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused(url):
    with pytest.raises(fetching.AddressRefused):
        fetch(url)
    with pytest.raises(fetching.AddressRefused):
        post(url, body=b"", content_type="text/plain")


@pytest.mark.parametrize("url", [one for one in PRIVATE if one != "http://127.0.0.1/"])
def test_private_addresses_are_refused_behind_a_redirect(web, url):
    web.pages["/feed"] = Page(status=302, headers={"Location": url})
    with pytest.raises(fetching.AddressRefused):
        fetch(web.url("/feed"))


def test_names_of_private_addresses_are_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers("192.168.1.1"))
    with pytest.raises(fetching.AddressRefused):
        fetch("http://primjer.example.org/")


def test_a_name_that_moves_is_looked_up_once(web, monkeypatch):
    """DNS rebinding: what was looked at is what is connected to."""
    moving = answers("127.0.0.1", "10.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", moving)
    web.pages["/feed"] = Page(FEED)
    assert fetch(web.url("/feed", host="primjer.example.org")).body == FEED
    assert web.asked[0].headers["Host"].startswith("primjer.example.org")
    with pytest.raises(fetching.AddressRefused):
        fetch(web.url("/feed", host="primjer.example.org"))


def answers(*addresses):
    left = itertools.chain(addresses, itertools.repeat(addresses[-1]))

    def look_up(host, port, *question):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(left), port))]

    return look_up


@pytest.mark.parametrize(
    "url",
    [
        "",
        "primjer",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "http://",
        "http://[::1",
        "http://user:secret@example.org/",
        "http://example.org:25/",
        "http://exa mple.org/",
        "http://" + "a" * 300 + ".example.org/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_is_said_so(url):
    with pytest.raises(fetching.NotAnAddress):
        fetch(url)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[", "ftp://example.org/"])
def test_a_redirect_to_no_address_is_refused(web, target):
    web.pages["/feed"] = Page(status=302, headers={"Location": target})
    with pytest.raises(fetching.NotAnAddress):
        fetch(web.url("/feed"))


def test_redirects_end_after_five(web):
    for number in range(6):
        web.pages[f"/{number}"] = Page(status=302, headers={"Location": f"/{number + 1}"})
    web.pages["/6"] = Page(FEED)
    assert fetch(web.url("/1")).url == web.url("/6")
    with pytest.raises(fetching.TooManyRedirects):
        fetch(web.url("/0"))
    web.pages["/round"] = Page(status=301, headers={"Location": "/round"})
    with pytest.raises(fetching.TooManyRedirects):
        fetch(web.url("/round"))


def test_a_permanent_address_ends_at_the_first_temporary_step(web):
    web.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    web.pages["/b"] = Page(status=308, headers={"Location": "/c"})
    web.pages["/c"] = Page(status=302, headers={"Location": "/d"})
    web.pages["/d"] = Page(status=301, headers={"Location": "/e#top"})
    web.pages["/e"] = Page(FEED)
    read = fetch(web.url("/a"))
    assert (read.url, read.permanent_url) == (web.url("/e"), web.url("/c"))
    assert fetch(web.url("/e")).permanent_url == web.url("/e")


def test_a_server_that_is_not_there_is_not_reached(web):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(fetching.NotReached):
        fetch(f"http://127.0.0.1:{port}/")


def test_a_certificate_that_nobody_vouches_for_is_refused(web, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "server.pem"))
    web.socket = context.wrap_socket(web.socket, server_side=True)
    with pytest.raises(fetching.CertificateRefused):
        fetch(f"https://127.0.0.1:{web.server_port}/feed")
    assert not web.asked


def self_signed(path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(*pem) + certificate.public_bytes(pem[0]))
    return path


def test_passwords_and_proxies_of_the_machine_are_not_used(web, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ana password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    web.pages["/feed"] = Page(FEED)
    assert fetch(web.url("/feed")).body == FEED
    assert "Authorization" not in web.asked[0].headers


def test_post_sends_and_keeps_the_body_only_where_the_server_says_so(web):
    web.pages["/hub"] = Page(b"taken", status=202)
    web.pages["/moved"] = Page(status=307, headers={"Location": "/hub"})
    web.pages["/elsewhere"] = Page(status=302, headers={"Location": "/hub"})
    said = {"body": b"hub.mode=publish", "content_type": "application/x-www-form-urlencoded"}
    assert post(web.url("/moved"), **said, headers={"X-Hub-Signature": "sha256=1"}).status == 202
    assert [one.body for one in web.asked] == [said["body"], said["body"]]
    assert web.asked[1].headers["X-Hub-Signature"] == "sha256=1"
    assert web.asked[1].headers["Content-Type"] == said["content_type"]
    assert post(web.url("/elsewhere"), **said).status == 302


def test_every_error_has_a_sentence_and_a_code(english):
    errors = [getattr(fetching, name) for name in fetching.__all__]
    errors = [one for one in errors if isinstance(one, type) and issubclass(one, fetching.FetchError)]
    assert len({one.code for one in errors}) == len(errors) == 9
    assert all(str(one()).endswith(".") for one in errors)


def test_nothing_is_left_behind_after_many_reads(web):
    web.pages["/feed"] = Page(FEED)
    for _number in range(5):
        fetch(web.url("/feed"))
    before = threading.active_count()
    for _number in range(20):
        fetch(web.url("/feed"))
    time.sleep(0.2)
    assert threading.active_count() <= before + 1


@pytest.mark.parametrize(("ask", "status"), [(fetch, 302), (post, 307)])
def test_a_redirect_is_an_answer_where_nobody_follows(web, ask, status):
    web.pages["/here"] = Page(status=status, headers={"Location": "/there"})
    web.pages["/there"] = Page(b"there")
    more = {"body": b"x", "content_type": "text/plain"} if ask is post else {}
    answer = ask(web.url("/here"), follow=False, **more)
    assert (answer.status, [asked.path for asked in web.asked]) == (status, ["/here"])


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://example.org/x?y=z", None),
        ("http://127.0.0.1/", fetching.AddressRefused),
        ("http://[::1]/", fetching.AddressRefused),
        ("http://2130706433/", fetching.NotAnAddress),
        ("http://169.254.169.254/latest", fetching.AddressRefused),
        ("ftp://example.org/", fetching.NotAnAddress),
        ("https://name:word@example.org/", fetching.NotAnAddress),
        ("https://example.org:25/", fetching.NotAnAddress),
        ("example.org", fetching.NotAnAddress),
    ],
)
def test_what_an_address_says_by_itself_is_known_without_asking(url, error):
    with pytest.raises(error) if error else nullcontext():
        fetching.check_address(url)
