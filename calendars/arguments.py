"""What may be said on the command line, and how it is refused."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from calendars.room import RoomFeed


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of one command. Raises: SystemExit, code 2, for what cannot be meant."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if options.command == "follow":
        # argparse gives up on a FEED that may be missing once an option stands before it.
        if options.feed is None and len(rest) == 1 and not rest[0].startswith("-"):
            options.feed = rest.pop()
        if (options.feed is None) == (options.fault is None):
            parser.error("follow takes a FEED or a --fault, one of them")
    if options.command == "ours" and not _is_stay(options.stay or options.cancel):
        parser.error("a stay ends after it has begun")
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    return options


def _is_stay(days: list[date]) -> bool:
    return days[0] < days[1]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m calendars", description="Calendar feeds of booking platforms."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    reading = commands.add_parser("read", help="print the nights that a feed takes, as JSON")
    reading.add_argument("feed", metavar="FEED", help="a file as a platform sent it")
    reading.add_argument("--now", type=_instant, metavar="T", help="ISO 8601 with offset; default: the clock")
    _add_ways_of_reading(reading)

    following = commands.add_parser("follow", help="apply a feed, or its failure, to a room")
    _add_state(following)
    following.add_argument("feed", nargs="?", metavar="FEED", help="a file as a platform sent it")
    following.add_argument("--fault", metavar="WORDS", help='why there is no answer, such as "http 500"')
    following.add_argument(
        "--feed", dest="name", type=_name, default="feed", metavar="NAME", help="default: feed"
    )
    _add_ways_of_reading(following)

    confirming = commands.add_parser("confirm", help="say that what a feed lacks is really gone")
    _add_state(confirming)
    confirming.add_argument("--feed", dest="name", type=_name, required=True, metavar="NAME")

    booking = commands.add_parser("ours", help="record or cancel a direct booking of the house")
    _add_state(booking)
    either = booking.add_mutually_exclusive_group(required=True)
    either.add_argument("--stay", nargs=2, type=_day, metavar=("START", "END"))
    either.add_argument("--cancel", nargs=2, type=_day, metavar=("START", "END"))

    exporting = commands.add_parser("export", help="print what a channel is served, and note that it read it")
    _add_state(exporting)
    exporting.add_argument("--channel", type=_name, required=True, metavar="NAME")
    return parser


def _add_state(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "state", type=Path, metavar="STATE", help="the room's file; a new room where it is missing"
    )
    parser.add_argument("--now", type=_instant, required=True, metavar="T", help="ISO 8601 with offset")


def _add_ways_of_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--timezone", type=_zone_name, help="of the house; default: Europe/Paris")
    parser.add_argument("--check-in", type=_clock, default=time(15), metavar="HH:MM")
    parser.add_argument("--check-out", type=_clock, default=time(11), metavar="HH:MM")
    parser.add_argument("--inclusive-end", action="store_true", help="this feed's end dates are last nights")
    parser.add_argument(
        "--stays-only", action="store_true", help="leave out what the platform calls a closure"
    )


def _zone_name(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError(f"no time zone is called {text!r}") from None
    return text


def _clock(text: str) -> time:
    clock = time.fromisoformat(text)
    if clock.tzinfo is not None:
        raise argparse.ArgumentTypeError("an hour of the house has no offset")
    return clock


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant needs an offset, such as +01:00")
    if not 1970 <= instant.year < 2500:
        raise argparse.ArgumentTypeError("an instant of our times")
    return instant


def _name(text: str) -> str:
    try:
        return RoomFeed(text).name
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _day(text: str) -> date:
    return date.fromisoformat(text)
