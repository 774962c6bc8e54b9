"""The websites of a hub's towns, on one port of loopback: `python -m benchmarks.hub_towns`.
Prints its port.

`/town/7` is a feed; `/publish/2` has every town bring its second edition: one piece of news more in each, one
that is corrected and one that is withdrawn. The first towns share one host, as those of one provider do.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

import django

from wagtail_diaspora.cyrillic import cyrillic_html, to_cyrillic_text
from wagtail_diaspora.syndication.entries import Entry, Feed, Picture, Publisher, TopicName
from wagtail_diaspora.syndication.formats import FORMATS

ITEMS = 70
AT_ONE_PROVIDER = 60
MEMBERS = 45
"""The last so many run this package and speak with the hub; the others have a feed only."""
LANGUAGES = ("bs", "hr", "sr", "sr-latn", "bs", "bs", "de")
TOPICS = ("investicije", "kultura", "obrazovanje", "poslovi", "saobracaj", "sport", "zdravlje", "zivot")
WORDS = (
    "<p>Most preko rijeke <b>ponovo je otvoren</b> za pješake i vozila. Radovi su trajali šest mjeseci, a "
    'sredstva je obezbijedila dijaspora. Više na <a href="https://example.org/most">stranici općine</a>.</p>'
)
GERMAN = "<p>Die Brücke über den Fluss ist wieder offen. Die Arbeiten dauerten <b>sechs Monate</b>.</p>"
START = datetime(2026, 3, 1, tzinfo=UTC)


def address(town: int, port: int) -> str:
    host = "127.0.9.1" if town < AT_ONE_PROVIDER else f"127.0.10.{town % 250 + 1}"
    return f"http://{host}:{port}/town/{town}"


def language_of(town: int) -> str:
    return LANGUAGES[town % len(LANGUAGES)]


def is_member(town: int, towns: int) -> bool:
    return town >= towns - max(MEMBERS * towns // 145, 1)


@cache
def body(town: int, edition: int, port: int) -> bytes:
    home = address(town, port)
    publisher = Publisher(name=f"Općina Primjer {town}", url=home, email=f"grad{town}@example.org")
    places = range(ITEMS + edition, edition, -1)
    entries = tuple(_entry(town, place, edition, publisher) for place in places)
    feed = Feed(
        id=f"urn:town:{town}",
        url=home,
        home_url=home,
        title=publisher.name,
        language=language_of(town),
        updated_at=entries[0].updated_at + timedelta(seconds=edition),
        publisher=publisher,
        entries=entries,
    )
    return FORMATS[("rss", "atom", "feed")[town % 3]].write(feed)


def _entry(town: int, place: int, edition: int, publisher: Publisher) -> Entry:
    language, when = language_of(town), START + timedelta(hours=3 * place, minutes=town)
    withdrawn = edition > 0 and place == ITEMS - 10 + edition
    corrected = edition > 0 and place == ITEMS - 20 + edition
    text = GERMAN * 8 if language == "de" else WORDS * 6
    title = f"Most broj {place} je otvoren: vijest općine Primjer {town}"
    if language == "sr":
        text, title = cyrillic_html(text), to_cyrillic_text(title)
    url = f"{publisher.url}/{place}"
    topic = TOPICS[(town + place) % len(TOPICS)]
    told = {
        "id": UUID(int=town * 10**6 + place),
        "version": 1 + (withdrawn or corrected),
        "language": language,
        "url": url,
        "published_at": when,
        "updated_at": when + timedelta(days=90 * (withdrawn or corrected)),
        "publisher": publisher,
        "topics": (TopicName(code=topic, name=topic.capitalize()),),
    }
    if withdrawn:
        return Entry(**told, kind="news", title="Povučeno", withdrawn=True, note="Nije tačno.")
    return Entry(
        **told,
        kind="good_practice" if place % 14 == 0 else "news",
        title=title,
        summary="Nakon obnove, koja je trajala šest mjeseci.",
        body=text + ("<p>Ispravljeno.</p>" if corrected else ""),
        corrected=corrected,
        note="Tačan je drugi datum." if corrected else "",
        picture=Picture(url=f"{url}.jpg", length=90_000, width=800, height=600, alt="Most"),
    )


class Towns(asyncio.Protocol):
    edition = port = 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport, self.asked = transport, b""

    def data_received(self, data: bytes) -> None:
        self.asked += data
        if self.asked.endswith(b"\r\n\r\n"):
            self.transport.write(self.answer())
            self.transport.close()

    def answer(self) -> bytes:
        what, number = self.asked.split(b" ", 2)[1].decode().strip("/").split("/")
        if what == "publish":
            Towns.edition = int(number)
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        tag = f'ETag: "{self.edition}"\r\nConnection: close\r\n'
        if f'If-None-Match: "{self.edition}"\r\n'.encode() in self.asked:
            return f"HTTP/1.1 304 Not Modified\r\n{tag}\r\n".encode()
        content = body(int(number), self.edition, self.port)
        return f"HTTP/1.1 200 OK\r\n{tag}Content-Length: {len(content)}\r\n\r\n".encode() + content


async def main(port: str = "0") -> None:
    server = await asyncio.get_running_loop().create_server(Towns, "0.0.0.0", int(port), backlog=512)
    Towns.port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"{Towns.port}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    django.setup()  # for the words beside a correction
    asyncio.run(main(*sys.argv[1:]))
