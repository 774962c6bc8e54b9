"""A web server on loopback that answers as told, well or badly, and remembers who asked."""

import gzip
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """`pieces` are sent one after the other, with `pause` seconds between; may be endless."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    pieces: object = None
    pause: float = 0
    etag: str = ""


@dataclass
class Asked:
    path: str
    headers: dict
    body: bytes = b""


class Web(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    handler: type[BaseHTTPRequestHandler]

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.handler)
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        self.busy = self.most_busy = 0
        self.lock = threading.Lock()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def handle_error(self, request, client_address):
        """A client that hangs up is what these tests want."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        with self.server.lock:
            self.server.busy += 1
            self.server.most_busy = max(self.server.most_busy, self.server.busy)
        try:
            self.answer()
        finally:
            with self.server.lock:
                self.server.busy -= 1

    do_POST = do_GET

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(Asked(self.path, dict(self.headers), body))
        page = self.server.pages.get(self.path, Page(status=404))
        if page.etag and self.headers.get("If-None-Match") == page.etag:
            page = Page(status=304)
        self.send_response(page.status)
        for name, value in {**page.headers, **({"ETag": page.etag} if page.etag else {})}.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in page.pieces or [page.body]:
            self.wfile.write(piece)
            time.sleep(page.pause)

    def log_message(self, *args):
        pass


Web.handler = Handler


def zipped(body: bytes) -> Page:
    return Page(gzip.compress(body), headers={"Content-Encoding": "gzip"})
