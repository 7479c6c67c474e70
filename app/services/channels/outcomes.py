"""What is written down about a feed after each reading: when, how it went, and what is wrong in plain words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models import Feed
from app.services.channels.rhythm import Rhythm
from calendars.feed import Reading, Verdict
from calendars.feed.lines import MAX_BYTES, MAX_EVENTS
from calendars.fetch import Fetched
from calendars.reconcile import Changes
from calendars.words import say

Facts = dict[str, object]

MOST_FAULT_CHARACTERS = 300
ASKED_FOR = "asked_for_seconds"  # stands beside a fault where the server said how long to stay away (R7)
LIMITS: dict[str, Facts] = {
    "too_large": {"limit": MAX_BYTES // 1024 // 1024},
    "too_many_events": {"limit": MAX_EVENTS},
}
# A readable feed that has lost too much: held until time, or a person, confirms.
SUSPICIONS = frozenset(("suddenly_empty", "mass_disappearance"))


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import did. `verdict` is None when nothing was read; `fault_code` is empty when all is well."""

    verdict: Verdict | None = None
    added: int = 0
    moved: int = 0
    released: int = 0
    held: int = 0
    conflicts: int = 0
    fault_code: str = ""


def note_success(feed: Feed, answer: Fetched, now: datetime, rhythm: Rhythm) -> None:
    """Write down a reading that was complete; an unchanged answer counts (R6)."""
    feed.attempted_at = feed.read_well_at = now
    feed.due_at = rhythm.next_after_success(now)
    feed.failure_count = 0
    feed.fault_code = feed.fault = ""
    if not answer.not_modified:
        feed.etag, feed.last_modified = answer.etag, answer.last_modified


def note_failure(
    feed: Feed, code: str, facts: Facts, now: datetime, rhythm: Rhythm, retry_after: timedelta | None = None
) -> None:
    """Write down why a feed could not be read; its nights stay as they were."""
    feed.attempted_at = now
    feed.failure_count += 1
    feed.due_at = rhythm.next_after_failure(now, failure_count=feed.failure_count, retry_after=retry_after)
    asked_for = {ASKED_FOR: round(retry_after.total_seconds())} if retry_after else {}
    _write_fault(feed, code, {**(facts or LIMITS.get(code, {})), **asked_for})


def note_doubt(feed: Feed, reading: Reading, changes: Changes, now: datetime, rhythm: Rhythm) -> None:
    """Write down what keeps a readable feed from being believed whole; the next reading is a full one."""
    feed.attempted_at = now
    feed.due_at = rhythm.next_after_success(now)
    feed.failure_count = 0
    feed.etag = feed.last_modified = feed.digest = ""
    if changes.verdict is Verdict.PARTIAL:
        _write_fault(feed, reading.code, {})
    else:
        alert = next(alert for alert in changes.alerts if alert.code in SUSPICIONS)
        _write_fault(feed, alert.code, dict(alert.facts))


def fault_words(fault_code: str, fault: str, language: str) -> str:
    """Say a feed's fault in "fr" or "en"; empty when there is none. `fault` holds the facts of the sentence.

    >>> fault_words("http_status", '{"status": 404}', "en")
    'The server answered with error 404.'
    """
    return say(fault_code, language, **json.loads(fault or "{}")) if fault_code else ""


def _write_fault(feed: Feed, code: str, facts: Facts) -> None:
    feed.fault_code, feed.fault = code, json.dumps(facts)[:MOST_FAULT_CHARACTERS]
