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

OPENING = re.compile(rb"(?:\xef\xbb\xbf|\s)*+")
_LINE = re.compile(rb"[^\r\n]+")
_EVENT_NAMES = frozenset(
    b"UID SUMMARY STATUS TRANSP SEQUENCE DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID".split()
)
_ZONE_NAMES = frozenset(b"TZID DTSTART RRULE RDATE TZOFFSETFROM TZOFFSETTO".split())
_TEXT_NAMES = frozenset((b"UID", b"SUMMARY", b"TZID"))
_QUOTED_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*+):(.*)', re.DOTALL)
_STRUCTURE = re.compile(rb"(BEGIN|END)\s*(?:;[^:]*+)?:\s*([A-Z0-9-]*)", re.IGNORECASE)
_YEAR = re.compile(rb"\s*+\d{4}")
_ISO_CLOCK = re.compile(rb":\s*+\d{4}-?\d\d-?\d\d[Tt ]\d\d:")
_HIDDEN_EVENT = re.compile(rb"[\r\n][ \t]++BEGIN:VEVENT[ \t]*+(?=[\r\n])", re.IGNORECASE)
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
    """Hold what matters of one body: who made it, its events in order, the time zones that it defines.

    `has_hidden_event`: a blank before a BEGIN:VEVENT makes it the continuation of the line above, for every reader.
    """

    maker: str
    events: tuple[Component, ...]
    zones: tuple[Component, ...]
    has_hidden_event: bool = False


def scan(body: bytes) -> Document:
    """Read the structure of a body, all calendars in it together; an event is one wherever it stands.

    Raises: NotACalendar, with its reason.
    """
    _refuse_what_is_no_calendar(body)
    maker = ""
    events: list[Component] = []
    zones: list[Component] = []
    stack: list[Component] = []
    wanted: frozenset[bytes] | None = None
    for line in _logical_lines(body):
        structure = _STRUCTURE.match(line) if line[:1] in b"BbEe" else None
        if structure is not None:
            name = structure[2].upper()
            if len(structure[1]) == len(b"BEGIN"):
                component = Component(name)
                _place(component, stack, events, zones)
                stack.append(component)
            elif not stack or stack.pop().name != name:
                raise NotACalendar("unbalanced" if b"END:VCALENDAR" in body[-4096:].upper() else "truncated")
            wanted = _names_wanted(stack)
        elif wanted:
            _keep(line, stack[-1], wanted)
        elif wanted is None and not maker and line[:6].upper() == b"PRODID":
            maker = decode(line[6:])
    if stack:
        raise NotACalendar("truncated")
    return Document(maker, tuple(events), tuple(zones), _HIDDEN_EVENT.search(body) is not None)


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
    opening = OPENING.match(body)
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
    if component.name == b"VEVENT":
        if len(events) >= MAX_EVENTS:
            raise NotACalendar("too_many_events", limit=MAX_EVENTS)
        events.append(component)
    elif component.name == b"VTIMEZONE":
        zones.append(component)
    elif stack and stack[-1].name == b"VTIMEZONE":
        stack[-1].parts.append(component)


def _names_wanted(stack: list[Component]) -> frozenset[bytes] | None:
    """Choose the lines worth keeping inside the innermost component; None at calendar level."""
    if not stack or stack[-1].name == b"VCALENDAR":
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
    if semicolon >= 0:
        colon = _end_of_parameters(line, name, colon)
    parameters = line[semicolon:colon] if semicolon >= 0 else b""
    component.properties.setdefault(name, []).append(Property(parameters, line[colon + 1 :].strip()))


def _end_of_parameters(line: bytes, name: bytes, first_colon: int) -> int:
    """Find the colon before the value, whatever colons the parameters hold."""
    if name in _TEXT_NAMES:
        match = _QUOTED_HEAD.match(line) if b'"' in line[:first_colon] else None
        return match.end(1) if match else first_colon
    # No date or rule holds a colon, but an unquoted zone name such as (UTC+01:00) does: cut at the last one.
    last = line.rfind(b":")
    # Except in hours as JSON writes them, 15:00:00.
    match = None if _YEAR.match(line, last + 1) else _ISO_CLOCK.search(line)
    return match.start() if match else last
