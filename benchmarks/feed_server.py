"""Many websites on one port of loopback, each at an address of its own: `python -m benchmarks.feed_server`.

Every twentieth has something new since it was read. Prints its port.
"""

import asyncio
import sys

from .remote_feeds import body, etag, is_changed

NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\nConnection: close\r\n\r\n"
OK = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %s\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%s"
)


class Website(asyncio.Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport, self.asked = transport, b""

    def data_received(self, data: bytes) -> None:
        self.asked += data
        if self.asked.endswith(b"\r\n\r\n"):
            self.transport.write(answer(self.asked))
            self.transport.close()


def answer(asked: bytes) -> bytes:
    number = int(asked.split(b" ", 2)[1].strip(b"/"))
    version = int(is_changed(number))
    tag = etag(version).encode()
    if b"If-None-Match: %s\r\n" % tag in asked:
        return NOT_MODIFIED % tag
    content = body(number, version)
    return OK % (tag, len(content), content)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Website, "0.0.0.0", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
