"""The command line: `read` a feed alone, or `follow` the feeds of one room from import to import."""

from __future__ import annotations

import argparse
import json
import re
import secrets
import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from calendars import room as rooms
from calendars.arguments import parse
from calendars.feed import Reading, Verdict, read
from calendars.room import Outcome, Room
from calendars.room.files import NotARoom, alone, load, save
from calendars.words import Alert

WRONG_ARGUMENTS, REFUSED = 2, 3


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 for accept, partial and suspicious, 3 for reject, 2 for wrong arguments."""
    options = parse(arguments)
    try:
        with nullcontext() if options.command == "read" else alone(options.state):
            return _COMMANDS[options.command](options)
    except OSError as error:
        complaint = f"{error.filename or 'the file'}: {error.strerror}"
    except NotARoom as error:
        complaint = f"{options.state}: {error}; it stays as it is"
    except (rooms.NoSuchFeed, rooms.NotBooked) as error:
        complaint = str(error)
    print(complaint, file=sys.stderr)
    return WRONG_ARGUMENTS


def _read(options: argparse.Namespace) -> int:
    reading = _reading(options, options.timezone or "Europe/Paris")
    blocks = [
        {"start": block.start.isoformat(), "end": block.end.isoformat(), "kind": str(block.kind)}
        for block in reading.blocks
    ]
    _print(
        {
            "verdict": str(reading.verdict),
            "why": reading.why,
            "blocks": blocks,
            "warnings": list(reading.warnings),
        }
    )
    return REFUSED if reading.verdict is Verdict.REJECT else 0


def _follow(options: argparse.Namespace) -> int:
    room = _room(options)
    room = replace(room, timezone=options.timezone or room.timezone)
    if options.fault is not None:
        after, outcome = rooms.fail(room, _fault(options.fault), feed=options.name, now=options.now)
    else:
        reading = _reading(options, room.timezone)
        after, outcome = rooms.follow(room, reading, feed=options.name, now=options.now)
    return _finish(options, after, outcome)


def _confirm(options: argparse.Namespace) -> int:
    return _finish(options, *rooms.confirm(_room(options), feed=options.name, now=options.now))


def _ours(options: argparse.Namespace) -> int:
    if options.stay:
        return _finish(options, *rooms.book(_room(options), *options.stay, now=options.now))
    return _finish(options, *rooms.cancel(_room(options), *options.cancel, now=options.now))


def _export(options: argparse.Namespace) -> int:
    room, body = rooms.serve(_room(options), options.channel, now=options.now)
    save(options.state, room)
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    return 0


def _room(options: argparse.Namespace) -> Room:
    return load(options.state) or Room(key=secrets.token_hex(16))


def _reading(options: argparse.Namespace, timezone: str) -> Reading:
    return read(
        Path(options.feed).read_bytes(),
        timezone=timezone,
        check_in=options.check_in,
        check_out=options.check_out,
        now=options.now or datetime.now(UTC),
        is_end_inclusive=options.inclusive_end,
        stays_only=options.stays_only,
    )


def _fault(text: str) -> Alert:
    status = re.fullmatch(r"http ([1-5]\d\d)", text.strip(), re.IGNORECASE)
    if status:
        return Alert("http_status", {"status": int(status[1])})
    # What a fetcher complains of may name the feed's address, which is a secret (R10).
    return Alert("fault", {"fault": " ".join(re.sub(r"\S*://\S*", "…", text).split())[:80]})


def _finish(options: argparse.Namespace, room: Room, outcome: Outcome) -> int:
    save(options.state, room)
    _print(outcome.as_json())
    return REFUSED if outcome.verdict is Verdict.REJECT else 0


def _print(result: dict[str, object]) -> None:
    print(json.dumps(result, ensure_ascii=False, indent=2))


_COMMANDS = {"read": _read, "follow": _follow, "confirm": _confirm, "ours": _ours, "export": _export}


if __name__ == "__main__":
    sys.exit(main())
