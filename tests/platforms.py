"""A booking platform for tests: a real HTTP server on loopback that says what it is told to say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, BrokenBarrierError, Thread

from app.gateways.feeds import FeedReader
from app.gateways.sealing import Vault

SECRET = "a secret for tests and for nothing else"
VAULT = Vault((SECRET,))

Event = tuple[str, str, str]


def calendar(*events: Event, maker: str = "-//Airbnb Inc//Hosting Calendar 1.0//EN") -> bytes:
    """Return a feed: each event is arrival, departure and UID; a UID that begins with "closed" is a closure."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{maker}"]
    for arrival, departure, uid in events:
        summary = "Airbnb (Not available)" if uid.startswith("closed") else "Reserved"
        lines += [
            "BEGIN:VEVENT",
            f"DTSTART;VALUE=DATE:{arrival.replace('-', '')}",
            f"DTEND;VALUE=DATE:{departure.replace('-', '')}",
            f"UID:{uid}",
            f"SUMMARY:{summary}",
            "DESCRIPTION:Phone Number (Last 4 Digits): 4821",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@dataclass
class Platform:
    """What the server says next, and what it was asked; a gate holds every answer until enough have asked."""

    body: bytes = field(default_factory=calendar)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0
    gate: Barrier | None = None

    @property
    def url(self) -> str:
        """Return the address of the feed, with a secret in it."""
        return f"http://127.0.0.1:{self.port}/calendar.ics?t=a-very-secret-word"

    @property
    def reader(self) -> FeedReader:
        """Return a reader that may come here."""
        return FeedReader("bonjour@maison.test", VAULT, frozenset({f"127.0.0.1:{self.port}"}))

    def lists(self, *events: Event) -> None:
        """Say from now on that these are the stays."""
        self.body = calendar(*events)


@contextmanager
def open_platform() -> Iterator[Platform]:
    """Listen on any free port for as long as the context lasts."""
    platform = Platform()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            platform.asked.append(dict(self.headers))
            if platform.gate is not None:
                with suppress(BrokenBarrierError):  # who waited for the answer has gone
                    platform.gate.wait(timeout=30)
            self.send_response(platform.status)
            for name, value in platform.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(platform.body)))
            self.end_headers()
            if platform.status != 304:
                self.wfile.write(platform.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    platform.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
