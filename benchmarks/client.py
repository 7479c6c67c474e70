"""Ask a server as fast as it answers, over connections that stay open, from one process that does nothing else."""

from __future__ import annotations

import itertools
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
PIECE = 65536


class BadAnswer(RuntimeError):
    """The server said something else than 200: what is measured is not the page."""


@dataclass
class Line:
    """One connection: what it is waiting for, and since when."""

    door: socket.socket
    asked_at: float = 0.0
    heard: bytearray = field(default_factory=bytearray)

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self.heard.clear()
        self.asked_at = time.perf_counter()
        self.door.sendall(request)

    def hear(self) -> float | None:
        """Take what has come; return the seconds of the whole answer, or None while it is not whole."""
        piece = self.door.recv(PIECE)
        if not piece:
            raise BadAnswer("the server hung up")
        self.heard += piece
        end = self.heard.find(HEAD_END)
        if end < 0 or len(self.heard) < end + len(HEAD_END) + _length(self.heard[:end]):
            return None
        if not self.heard.startswith(b"HTTP/1.1 200"):
            raise BadAnswer(self.heard[:200].decode("latin-1"))
        return time.perf_counter() - self.asked_at


def ask_all(
    port: int, host: str, paths: Sequence[str], *, connections: int, seconds: float
) -> tuple[list[float], float]:
    """Ask for the pages in turn over so many connections; return the time of each answer, and of all together."""
    requests = itertools.cycle(
        [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode() for path in paths]
    )
    times: list[float] = []
    with selectors.DefaultSelector() as doors:
        lines = [Line(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
        start = time.perf_counter()
        for line in lines:
            line.door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            doors.register(line.door, selectors.EVENT_READ, line)
            line.ask(next(requests))
        while time.perf_counter() - start < seconds:
            for key, _events in doors.select(timeout=seconds):
                taken = key.data.hear()
                if taken is not None:
                    times.append(taken)
                    key.data.ask(next(requests))
        took = time.perf_counter() - start
        for line in lines:
            line.door.close()
    return times, took


def page_size(port: int, host: str, path: str) -> int:
    """Return the bytes of a page."""
    with socket.create_connection(("127.0.0.1", port)) as door:
        line = Line(door)
        line.ask(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        while line.hear() is None:
            pass
        return len(line.heard) - line.heard.find(HEAD_END) - len(HEAD_END)


def _length(head: bytes | bytearray) -> int:
    """Return the length of the body that a head announces. Raises: BadAnswer when it announces none."""
    for field_line in bytes(head).lower().split(b"\r\n"):
        if field_line.startswith(LENGTH):
            return int(field_line.removeprefix(LENGTH))
    raise BadAnswer(f"an answer without a length: {bytes(head)[:200].decode('latin-1')}")
