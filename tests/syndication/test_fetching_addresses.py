"""Which addresses of strangers are read, and which are refused."""

import itertools
import socket
from contextlib import nullcontext

import pytest

from tests.syndication.web import Page
from wagtail_diaspora.syndication import fetching
from wagtail_diaspora.syndication.fetching import fetch, post

FEED = b"<rss><channel/></rss>" * 50


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


def test_names_below_localhost_are_this_machine(web, settings, monkeypatch):
    """Whatever a resolver says of them."""
    known, asked = socket.getaddrinfo, []

    def look_up(name, *question):
        asked.append(name)
        return known(name, *question)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    settings.WAGTAIL_DIASPORA = {
        **settings.WAGTAIL_DIASPORA,
        "FETCH_ALLOWED_ADDRESSES": ("127.0.0.1", "::1"),
    }
    web.pages["/feed"] = Page(FEED)
    assert fetch(web.url("/feed", host="primjer.localhost")).body == FEED
    assert asked == ["localhost"]
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": ()}
    with pytest.raises(fetching.AddressRefused):
        fetch(web.url("/feed", host="primjer.localhost"))


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
