"""Asks a running clamd, by its INSTREAM command (clamd(8))."""

import socket
import struct

CHUNK = 64 * 1024


def is_clean(content: bytes, *, address: str, seconds: float) -> bool:
    """`address` is `host:port`, or the path of a socket. Raises OSError without a clear answer."""
    with _connect(address, seconds) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        answer = connection.recv(4096).rstrip(b"\0\n")
    if answer.endswith(b" FOUND"):
        return False
    if answer == b"stream: OK":
        return True
    raise OSError("unexpected answer")


def _connect(address: str, seconds: float) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(seconds)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)
