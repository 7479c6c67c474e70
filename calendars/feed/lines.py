"""From bytes to events as bags of properties: what is a calendar at all, before any date is understood.

icalendar 7.3 is not used here, for four reasons measured on real feeds: it answers a cut-off body with an empty list,
loses an event whose BEGIN line ends in a blank, refuses a whole feed for one stray line, and opens a short text as a
file. Here a body is bytes and stays bytes; whatever costs no night is tolerated; whatever could free one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_BYTES = 10 * 1024 * 1024
MAX_EVENTS = 50_000
MAX_DEPTH = 16

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*+")
_LINE = re.compile(rb"[^\r\n]+")
_EVENT_NAMES = frozenset(
    b"UID SUMMARY STATUS TRANSP SEQUENCE DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID".split()
)
_ZONE_NAMES = frozenset(b"TZID DTSTART RRULE RDATE TZOFFSETFROM TZOFFSETTO".split())
_TEXT_NAMES = frozenset((b"UID", b"SUMMARY", b"TZID"))
_QUOTED_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*+):(.*)', re.DOTALL)
_PARAMETER = re.compile(rb';\s*([A-Za-z0-9-]+)\s*=\s*(?:"([^"]*)"|([^;"]*))')


class NotACalendar(ValueError):
    """Say that a body cannot be taken for a calendar; `code` is one of calendars.words."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Property:
    """Hold one line's value and the raw parameters before it."""

    parameters: bytes
    value: bytes

    @property
    def text(self) -> str:
        """Decode the value: UTF-8, else Windows-1252; an odd character never costs an event."""
        return decode(self.value)

    def parameter(self, name: bytes) -> str:
        """Give one parameter without its quotes, empty when it is absent."""
        if not self.parameters:
            return ""
        for found, quoted, plain in _PARAMETER.findall(self.parameters):
            if found.upper() == name:
                return decode(quoted or plain).strip()
        return ""


@dataclass(frozen=True, slots=True)
class Component:
    """Hold what a BEGIN and its END enclose, its own lines only: an alarm's dates are not the event's."""

    name: bytes
    properties: dict[bytes, list[Property]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: bytes) -> Property | None:
        """Give the first line of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def every(self, name: bytes) -> list[Property]:
        """Give all lines of that name."""
        return self.properties.get(name, [])


@dataclass(frozen=True, slots=True)
class Document:
    """Hold what matters of one body: who made it, its events in order, the time zones that it defines."""

    maker: str
    events: tuple[Component, ...]
    zones: tuple[Component, ...]


def scan(body: bytes) -> Document:
    """Read the structure of a body, all calendars in it together.

    Raises: NotACalendar, with its reason.
    """
    _refuse_what_is_no_calendar(body)
    maker = ""
    events: list[Component] = []
    zones: list[Component] = []
    stack: list[Component] = []
    for line in _logical_lines(body):
        keyword = line[:6].upper()
        if keyword == b"BEGIN:":
            component = Component(line[6:].strip().upper())
            _place(component, stack, events, zones)
            stack.append(component)
        elif keyword[:4] == b"END:":
            if not stack or stack.pop().name != line[4:].strip().upper():
                raise NotACalendar("unbalanced" if b"END:VCALENDAR" in body[-4096:].upper() else "truncated")
        elif stack:
            wanted = _names_wanted(stack)
            if wanted is not None:
                _keep(line, stack[-1], wanted)
            elif not maker and keyword == b"PRODID":
                maker = decode(line[6:])
    if stack:
        raise NotACalendar("truncated")
    return Document(maker, tuple(events), tuple(zones))


def decode(raw: bytes) -> str:
    """Turn bytes into text without ever failing."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _refuse_what_is_no_calendar(body: bytes) -> None:
    if len(body) > MAX_BYTES:
        raise NotACalendar("too_large", limit=MAX_BYTES // 1024 // 1024)
    opening = next(_logical_lines(body), b"").rstrip()
    if not opening:
        raise NotACalendar("empty_body")
    if opening.upper() == b"BEGIN:VCALENDAR":
        return
    if opening[:1] in (b"{", b"["):
        raise NotACalendar("json")
    raise NotACalendar("web_page" if opening[:1] == b"<" else "not_a_calendar")


def _logical_lines(body: bytes) -> Iterator[bytes]:
    """Undo folding on bytes, before decoding: a fold may fall inside a character. Line by line, to spare memory."""
    opening = _OPENING.match(body)
    pieces: list[bytes] = []
    for found in _LINE.finditer(body, opening.end() if opening else 0):
        line = found[0]
        if line[:1] in (b" ", b"\t"):
            pieces.append(line[1:])
            continue
        if pieces:
            yield b"".join(pieces)
        pieces = [line]
    if pieces:
        yield b"".join(pieces)


def _place(
    component: Component, stack: list[Component], events: list[Component], zones: list[Component]
) -> None:
    if len(stack) >= MAX_DEPTH:
        raise NotACalendar("too_deep")
    parent = stack[-1].name if stack else b""
    if component.name == b"VEVENT" and parent in (b"VCALENDAR", b""):
        if len(events) >= MAX_EVENTS:
            raise NotACalendar("too_many_events", limit=MAX_EVENTS)
        events.append(component)
    elif component.name == b"VTIMEZONE":
        zones.append(component)
    elif parent == b"VTIMEZONE":
        stack[-1].parts.append(component)


def _names_wanted(stack: list[Component]) -> frozenset[bytes] | None:
    """Choose the lines worth keeping inside the innermost component; None at calendar level."""
    if stack[-1].name == b"VCALENDAR":
        return None
    if stack[-1].name == b"VEVENT":
        return _EVENT_NAMES
    in_a_zone = stack[-1].name == b"VTIMEZONE" or (len(stack) > 1 and stack[-2].name == b"VTIMEZONE")
    return _ZONE_NAMES if in_a_zone else frozenset()


def _keep(line: bytes, component: Component, wanted: frozenset[bytes]) -> None:
    colon = line.find(b":")
    semicolon = line.find(b";", 0, colon + 1)
    name = line[: semicolon if semicolon >= 0 else colon].strip().upper()
    if colon < 0 or name not in wanted:
        return
    if name not in _TEXT_NAMES:
        # No date or rule holds a colon, but an unquoted zone name such as (UTC+01:00) does: cut at the last one.
        colon = line.rfind(b":")
    elif b'"' in line[:colon] and (match := _QUOTED_HEAD.match(line)):
        colon = match.end(1)
    parameters = line[semicolon:colon] if semicolon >= 0 else b""
    component.properties.setdefault(name, []).append(Property(parameters, line[colon + 1 :].strip()))
