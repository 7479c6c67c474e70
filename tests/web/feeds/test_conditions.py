"""A platform that has the calendar already hears so, and only then: by its tag, or by a date that can be true (R43)."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from werkzeug.test import TestResponse

from app.models import Feed, Property
from app.services import blocks
from tests.cast import NOW
from tests.web.feeds.conftest import Close, Visit

SECOND = timedelta(seconds=1)


def http_date(moment: datetime) -> str:
    """Write an instant as HTTP does."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def changed_at(answer: TestResponse) -> datetime:
    """Return since when the calendar says what it says."""
    return parsedate_to_datetime(answer.headers["Last-Modified"])


def test_answers_304_until_a_night_changes(visit: Visit, close: Close) -> None:
    tag = visit().headers["ETag"]

    unchanged = visit(If_None_Match=tag)
    close("2027-02-05", "2027-02-08")
    changed = visit(If_None_Match=tag)

    assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag)
    assert (changed.status_code, changed.data.count(b"BEGIN:VEVENT")) == (200, 2)


def test_notices_a_night_that_is_free_again(house: Property, visit: Visit, close: Close) -> None:
    block_id = close("2027-02-05", "2027-02-08")
    first = visit()
    blocks.unblock(house=house, block_id=block_id, actor="user:1", now=NOW)

    later = visit(NOW + SECOND, If_None_Match=first.headers["ETag"])
    dated = visit(NOW + SECOND, If_Modified_Since=first.headers["Last-Modified"])

    assert (later.status_code, dated.status_code) == (200, 200)
    assert changed_at(later) > changed_at(first)


def test_notices_that_a_stay_is_over_by_the_clock_alone(visit: Visit) -> None:
    before, after = datetime(2027, 1, 8, 12, tzinfo=UTC), datetime(2027, 1, 9, 12, tzinfo=UTC)
    first = visit(before)

    same = visit(before + timedelta(hours=8), If_None_Match=first.headers["ETag"])
    gone = visit(after, If_Modified_Since=first.headers["Last-Modified"])

    assert same.status_code == 304
    assert (gone.status_code, gone.data.count(b"BEGIN:VEVENT")) == (200, 0)
    assert changed_at(gone) == after


def test_dates_every_change_later_than_the_one_before(visit: Visit, close: Close) -> None:
    dates = [changed_at(visit())]
    for day in range(10, 15):  # all within the same second
        close(f"2027-02-{day}", f"2027-02-{day + 1}")
        dates.append(changed_at(visit()))

    assert dates == sorted(set(dates))


def test_keeps_the_date_while_nothing_changes(visit: Visit) -> None:
    first = visit()

    dates = {changed_at(visit(NOW + timedelta(days=days))) for days in range(1, 6)}

    assert dates == {changed_at(first)}


def test_believes_a_date_on_which_nothing_has_changed_since(visit: Visit) -> None:
    first = visit()
    later = NOW + timedelta(hours=3)

    assert visit(later, If_Modified_Since=first.headers["Last-Modified"]).status_code == 304
    assert visit(later, If_Modified_Since=http_date(later)).status_code == 304
    assert visit(later, If_Modified_Since=http_date(changed_at(first) - SECOND)).status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        "Sat, 01 Jan 2050 00:00:00 GMT",
        http_date(NOW + SECOND),
        "Sun, 01 Jan 2050 00:00:00 GMT",
        "yesterday",
        "",
        "0",
        "Fri, 31 Feb 2027 00:00:00 GMT",
        "Thursday, 22-Nov-29 12:00:00 GMT",
        http_date(NOW).replace("GMT", "+0200"),
        http_date(NOW).replace("GMT", "").strip(),
    ],
)
def test_trusts_no_date_that_cannot_be_true(visit: Visit, told: str) -> None:
    visit()

    assert visit(If_Modified_Since=told).status_code == 200


def test_goes_by_the_tag_where_a_date_says_otherwise(visit: Visit) -> None:
    first = visit()
    since = first.headers["Last-Modified"]

    assert visit(If_None_Match='"another"', If_Modified_Since=since).status_code == 200
    assert (
        visit(If_None_Match=first.headers["ETag"], If_Modified_Since=http_date(NOW - 9 * SECOND)).status_code
        == 304
    )


@pytest.mark.parametrize(
    ("told", "status"), [("W/{}", 304), ('"x", {}', 304), ("*", 304), ('"x"', 200), ("", 200), ("{}x", 200)]
)
def test_reads_tags_as_readers_write_them(visit: Visit, told: str, status: int) -> None:
    tag = visit().headers["ETag"]

    assert visit(If_None_Match=told.format(tag)).status_code == status


def test_answers_head_without_body_and_under_the_same_headers(visit: Visit, feed: Feed) -> None:
    head, whole = visit(method="HEAD"), visit()

    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Length", "Content-Type", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert visit(method="HEAD", If_None_Match=whole.headers["ETag"]).status_code == 304


def test_sends_it_small_to_whoever_reads_that(visit: Visit) -> None:
    plain, small = visit(), visit(Accept_Encoding="gzip, deflate, br")

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data)
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers
    assert visit(Accept_Encoding="gzip").data == small.data  # no hour of the clock in it


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "identity, gzip;q=0.5", "nonsense;;"])
def test_sends_it_as_it_is_to_everybody_else(visit: Visit, accepted: str) -> None:
    answer = visit(Accept_Encoding=accepted)

    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"BEGIN:VCALENDAR")


def test_gives_each_form_of_the_bytes_its_own_tag_and_knows_both(visit: Visit) -> None:
    plain, small = visit().headers["ETag"], visit(Accept_Encoding="gzip").headers["ETag"]

    assert plain != small
    for tag in (plain, small):
        for accepted in ("", "gzip"):
            answer = visit(If_None_Match=tag, Accept_Encoding=accepted)
            assert (answer.status_code, answer.headers["ETag"]) == (304, tag)
            assert answer.headers["Vary"] == "Accept-Encoding"


def test_sends_the_whole_calendar_to_whoever_asks_for_a_part(visit: Visit) -> None:
    whole = visit()

    part = visit(Range="bytes=0-9", If_Range=whole.headers["ETag"])

    assert (part.status_code, part.data) == (200, whole.data)
    assert "Content-Range" not in part.headers
