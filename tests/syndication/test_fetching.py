import datetime
import gzip
import socket
import ssl
import zlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.syndication.web import Page
from wagtail_diaspora.syndication import fetching
from wagtail_diaspora.syndication.fetching import fetch, post

FEED = b"<rss><channel/></rss>" * 50


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


@pytest.mark.parametrize(("ask", "status"), [(fetch, 302), (post, 307)])
def test_a_redirect_is_an_answer_where_nobody_follows(web, ask, status):
    web.pages["/here"] = Page(status=status, headers={"Location": "/there"})
    web.pages["/there"] = Page(b"there")
    more = {"body": b"x", "content_type": "text/plain"} if ask is post else {}
    answer = ask(web.url("/here"), follow=False, **more)
    assert (answer.status, [asked.path for asked in web.asked]) == (status, ["/here"])
