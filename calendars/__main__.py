"""The command line: `python -m calendars read FEED` prints what a feed says as one JSON object."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from calendars.feed import Reading, Verdict, read


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0 for accept and partial, 3 for reject, 2 for wrong arguments."""
    options = _parser().parse_args(arguments)
    try:
        body = Path(options.feed).read_bytes()
    except OSError as error:
        print(f"{options.feed}: {error.strerror}", file=sys.stderr)
        return 2
    reading = read(
        body,
        timezone=options.timezone,
        check_in=options.check_in,
        check_out=options.check_out,
        now=options.now or datetime.now(UTC),
        is_end_inclusive=options.inclusive_end,
        stays_only=options.stays_only,
    )
    print(json.dumps(_as_json(reading), ensure_ascii=False, indent=2))
    return 3 if reading.verdict is Verdict.REJECT else 0


def _as_json(reading: Reading) -> dict[str, object]:
    blocks = [
        {"start": block.start.isoformat(), "end": block.end.isoformat(), "kind": str(block.kind)}
        for block in reading.blocks
    ]
    return {
        "verdict": str(reading.verdict),
        "why": reading.why,
        "blocks": blocks,
        "warnings": list(reading.warnings),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m calendars", description="Calendar feeds of booking platforms."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    reading = commands.add_parser("read", help="print the nights that a feed takes, as JSON")
    reading.add_argument("feed", metavar="FEED", help="a file as a platform sent it")
    reading.add_argument("--timezone", type=_zone_name, default="Europe/Paris", help="of the house")
    reading.add_argument("--check-in", type=time.fromisoformat, default=time(15), metavar="HH:MM")
    reading.add_argument("--check-out", type=time.fromisoformat, default=time(11), metavar="HH:MM")
    reading.add_argument(
        "--now", type=_instant, metavar="INSTANT", help="ISO 8601 with offset; default: the clock"
    )
    reading.add_argument("--inclusive-end", action="store_true", help="this feed's end dates are last nights")
    reading.add_argument(
        "--stays-only", action="store_true", help="leave out what the platform calls a closure"
    )
    return parser


def _zone_name(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"no time zone is called {text!r}") from None
    return text


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant needs an offset, such as +01:00")
    return instant


if __name__ == "__main__":
    sys.exit(main())
