"""A moment at which everything ends, whatever the server does meanwhile.

A timeout of a socket begins again with every byte; so at the deadline the connections are shut.
"""

import socket
import threading
import time
from typing import Any

from .errors import TooSlow

__all__ = ["Deadline"]


class Deadline:
    """Use as a context; `watch` what must end with it."""

    def __init__(self, seconds: float):
        self.ends = time.monotonic() + seconds
        self.watched: list[socket.socket] = []
        self.lock = threading.Lock()
        self.timer = threading.Timer(seconds, self.shut)
        self.timer.daemon = True

    def __enter__(self) -> "Deadline":
        self.timer.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.timer.cancel()
        with self.lock:
            for handle in self.watched:
                handle.close()
            self.watched.clear()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends

    def left(self) -> float:
        """Seconds; raises TooSlow when there are none."""
        if self.is_over:
            raise TooSlow
        return self.ends - time.monotonic()

    def watch(self, connection: socket.socket) -> None:
        """A second handle: TLS takes the first one over. One that comes too late is closed."""
        if self.is_over:
            connection.close()
            raise TooSlow
        with self.lock:
            self.watched.append(connection.dup())
        if self.is_over:
            self.shut()

    def shut(self) -> None:
        with self.lock:
            for handle in self.watched:
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:  # the server was faster
                    continue

    def look_up(self, name: str, *question: Any) -> Any:
        """`socket.getaddrinfo`, which knows no timeout, and is left alone when it takes too long.

        Names below localhost are this machine (RFC 6761, 6.3); not every resolver knows that.
        """
        question = ("localhost" if name.endswith(".localhost") else name, *question)
        if question[-1] & socket.AI_NUMERICHOST:  # asks nobody
            return socket.getaddrinfo(*question)
        answer: list[Any] = []

        def ask() -> None:
            try:
                answer.append(socket.getaddrinfo(*question))
            except OSError as error:
                answer.append(error)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self.left())
        if not answer:
            raise TooSlow
        if isinstance(answer[0], OSError):
            raise answer[0]
        return answer[0]
