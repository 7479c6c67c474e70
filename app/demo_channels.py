"""Play the booking platforms of the example house: a small local server whose feeds move on with the day.

Started by `flask demo channels`, on loopback, allowed through the setting FEED_TEST_HOSTS. What it serves depends on
the room and the day alone, so that two demos of one day are the same. Every code and number in it is invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8010
WEEKS_BACK = 1
WEEKS_AHEAD = 13
BUSY_WEEKS = 140  # of 256
CLOSED_WEEKS = 156  # of 256, the busy ones included


@dataclass(frozen=True, slots=True)
class PlayedStay:
    """A stay or a closure that the platform has sold for a room."""

    arrival: date
    departure: date
    is_closure: bool
    seed: str


@dataclass(frozen=True, slots=True)
class PlayedFeed:
    """The feed of one room on one platform: where it lies, and how it is written."""

    path: str
    room_name: str
    channel: str
    write: Callable[[PlayedStay], list[str]]
    line_end: str
    head: tuple[str, ...]

    def stays(self, today: date) -> Iterator[PlayedStay]:
        """Yield what the platform has sold, at most one stay a week, from yesterday to a quarter of a year ahead."""
        monday = today - timedelta(days=today.weekday() + 7 * WEEKS_BACK)
        for week in range(WEEKS_BACK + WEEKS_AHEAD):
            drawn = self._draw(monday + timedelta(weeks=week))
            if drawn is not None and drawn.departure >= today:
                yield drawn

    def text(self, today: date) -> bytes:
        """Return the feed as the platform would send it."""
        lines = ["BEGIN:VCALENDAR", *self.head]
        for stay in self.stays(today):
            lines += ["BEGIN:VEVENT", *self.write(stay), "END:VEVENT"]
        lines.append("END:VCALENDAR")
        return (self.line_end.join(lines) + self.line_end).encode()

    def _draw(self, monday: date) -> PlayedStay | None:
        dice = hashlib.sha256(f"{self.path} {monday}".encode())
        if dice.digest()[0] >= CLOSED_WEEKS:
            return None
        arrival = monday + timedelta(days=dice.digest()[1] % 3)
        return PlayedStay(
            arrival=arrival,
            departure=arrival + timedelta(days=2 + dice.digest()[2] % 3),
            is_closure=dice.digest()[0] >= BUSY_WEEKS,
            seed=dice.hexdigest(),
        )


def _airbnb_lines(stay: PlayedStay) -> list[str]:
    """Write an event as Airbnb does: the end first, a folded UID, a code and four digits of a telephone."""
    lines = [
        f"DTEND;VALUE=DATE:{stay.departure:%Y%m%d}",
        f"DTSTART;VALUE=DATE:{stay.arrival:%Y%m%d}",
        f"UID:{stay.seed[:12]}-{stay.seed[12:32]}",
        f" {stay.seed[32:44]}@airbnb.com",
    ]
    if stay.is_closure:
        return [*lines, "SUMMARY:Airbnb (Not available)"]
    code = stay.seed[44:52].upper()
    return [
        *lines,
        f"DESCRIPTION:Reservation URL: https://airbnb.example/details/HM{code}\\nPhone",
        f"  Number (Last 4 Digits): {int(stay.seed[52:56], 16) % 10000:04}",
        "SUMMARY:Reserved",
    ]


def _booking_lines(stay: PlayedStay) -> list[str]:
    """Write an event as Booking.com does: one summary for stays and closures alike."""
    return [
        f"DTSTART;VALUE=DATE:{stay.arrival:%Y%m%d}",
        f"DTEND;VALUE=DATE:{stay.departure:%Y%m%d}",
        f"UID:{stay.seed[:32]}@booking.com",
        "SUMMARY:CLOSED - Not available",
    ]


def _airbnb(room_name: str, slug: str) -> PlayedFeed:
    head = ("PRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN", "CALSCALE:GREGORIAN", "VERSION:2.0")
    return PlayedFeed(f"/airbnb/{slug}.ics", room_name, "airbnb", _airbnb_lines, "\r\n", head)


def _booking(room_name: str, slug: str) -> PlayedFeed:
    head = ("VERSION:2.0", "PRODID:-//admin.booking.com//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    return PlayedFeed(f"/booking/{slug}", room_name, "booking", _booking_lines, "\n", head)


PLAYED = (
    _airbnb("La Bibliothèque", "bibliotheque"),
    _airbnb("Le Jardin", "jardin"),
    _booking("Le Terril", "terril"),
)


def address(feed: PlayedFeed, port: int = PORT) -> str:
    """Return where a played feed is read.

    >>> address(PLAYED[0])
    'http://127.0.0.1:8010/airbnb/bibliotheque.ics'
    """
    return f"http://127.0.0.1:{port}{feed.path}"


def open_server(*, today: Callable[[], date], port: int = PORT) -> ThreadingHTTPServer:
    """Listen on loopback; the caller says `serve_forever()`. `today` is read at each request. Port 0: any free one."""
    by_path = {feed.path: feed for feed in PLAYED}

    class Platform(BaseHTTPRequestHandler):
        """Answer the three addresses, and nothing else."""

        def do_GET(self) -> None:
            """Send a feed, or 304 to a reader that has it already."""
            feed = by_path.get(self.path)
            if feed is None:
                self.send_error(404)
                return
            body = feed.text(today())
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            is_known = self.headers.get("If-None-Match") == etag
            self.send_response(304 if is_known else 200)
            self.send_header("ETag", etag)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", "0" if is_known else str(len(body)))
            self.end_headers()
            if not is_known:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet: addresses of feeds belong in no log (R10)."""

    return ThreadingHTTPServer(("127.0.0.1", port), Platform)
