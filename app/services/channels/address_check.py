"""Tell whether our address of a feed is one that every platform can read: public, on https, and well answered.

The door is rung as a platform would ring it; nothing of it counts as a platform's reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from app.gateways.own_address import Answer, NoAnswer
from app.models import Property
from calendars.feed import Verdict, read
from calendars.fetch import FetchError

MOST_CLOCK_DIFFERENCE = timedelta(minutes=2)
OK, NOT_MODIFIED = 200, 304
REDIRECTS = range(300, 400)


class Point(StrEnum):
    """What is looked at, in the order in which a page tells it."""

    PUBLIC_URL = "public_url"
    HTTPS = "https"
    PUBLIC = "public"
    NAME = "name"
    ANSWER = "answer"
    REDIRECT = "redirect"
    TYPE = "type"
    CALENDAR = "calendar"
    COOKIE = "cookie"
    ETAG = "etag"
    HEAD = "head"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Finding:
    """One point: well or not; `code` and `facts` say more where there is more to say."""

    point: Point
    is_well: bool
    code: str = ""
    status: int = 0


class Ring(Protocol):
    """How our own address is asked."""

    def __call__(self, url: str, *, method: str = "GET", etag: str = "") -> Answer:
        """Ask once. Raises: NoAnswer."""


def check_address(
    url: str,
    *,
    public_url: str,
    check_public: Callable[[str], None],
    ring: Ring,
    house: Property,
    now: datetime,
) -> tuple[Finding, ...]:
    """Look at an address of ours point by point; what nobody answers is not asked further.

    `check_public` resolves the host and raises what the fetcher of feeds would (R2).
    """
    findings = [
        Finding(Point.PUBLIC_URL, bool(public_url)),
        Finding(Point.HTTPS, urlsplit(url).scheme == "https"),
        _look_at_host(url, check_public),
        Finding(Point.NAME, urlsplit(url).path.endswith(".ics")),
    ]
    try:
        answer = ring(url)
        findings += _look_at_answer(answer, house, now)
        if answer.status == OK:
            findings += _ask_again(url, answer, ring)
    except NoAnswer as silence:
        findings.append(Finding(Point.ANSWER, False, "certificate" if silence.is_certificate else "silent"))
    return tuple(sorted(findings, key=lambda finding: list(Point).index(finding.point)))


def _look_at_host(url: str, check_public: Callable[[str], None]) -> Finding:
    try:
        check_public(url)
    except FetchError as refusal:
        return Finding(Point.PUBLIC, False, refusal.code)
    return Finding(Point.PUBLIC, True)


def _look_at_answer(answer: Answer, house: Property, now: datetime) -> list[Finding]:
    if answer.status in REDIRECTS:
        return [Finding(Point.REDIRECT, False, status=answer.status)]
    if answer.status != OK:
        return [Finding(Point.ANSWER, False, "status", answer.status)]
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return [
        Finding(Point.ANSWER, True),
        Finding(Point.REDIRECT, True),
        Finding(Point.TYPE, kind == "text/calendar"),
        Finding(Point.CALENDAR, _is_calendar(answer.body, house, now)),
        Finding(Point.COOKIE, "set-cookie" not in answer.headers),
        Finding(Point.CLOCK, _is_on_time(answer.headers.get("date", ""), now)),
    ]


def _is_calendar(body: bytes, house: Property, now: datetime) -> bool:
    reading = read(
        body,
        timezone=house.timezone,
        check_in=house.check_in_from,
        check_out=house.check_out_until,
        now=now,
    )
    return reading.verdict is Verdict.ACCEPT


def _ask_again(url: str, answer: Answer, ring: Ring) -> list[Finding]:
    """Ask as a reader who has it already does, and as one who only wants to know that it is there."""
    etag = answer.headers.get("etag", "")
    head = ring(url, method="HEAD")
    return [
        Finding(Point.ETAG, bool(etag) and ring(url, etag=etag).status == NOT_MODIFIED),
        Finding(Point.HEAD, head.status == OK and not head.body),
    ]


def _is_on_time(stamp: str, now: datetime) -> bool:
    try:
        told = parsedate_to_datetime(stamp)
    except (TypeError, ValueError):
        return False
    return told.tzinfo is not None and abs(told - now) <= MOST_CLOCK_DIFFERENCE
