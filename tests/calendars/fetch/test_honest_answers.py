"""Servers that mean well, each in its own way of speaking HTTP."""

import gzip
from datetime import timedelta

import pytest

from calendars.fetch import FetchFailed, Validators
from tests.calendars.fetch.visits import AGENT, BODY, OK, PATH, chunked, failure_of, visit, whole
from tests.calendars.stranger import Stranger


def test_brings_a_calendar_and_its_validators(stranger: Stranger) -> None:
    stranger.answers(whole(BODY, b'ETag: "7"', b"Last-Modified: Sun, 22 Nov 2026 08:00:00 GMT"), path=PATH)

    fetched = visit(stranger)

    assert (fetched.status, fetched.body, fetched.not_modified) == (200, BODY, False)
    assert (fetched.etag, fetched.last_modified) == ('"7"', "Sun, 22 Nov 2026 08:00:00 GMT")
    assert "BEGIN" not in repr(fetched)


def test_says_politely_who_asks(stranger: Stranger) -> None:
    stranger.answers(whole(BODY), path=PATH)

    visit(stranger, validators=Validators('"7"', "Sun, 22 Nov 2026 08:00:00 GMT"))

    lines = stranger.requests[0].decode().split("\r\n")
    assert lines[0] == f"GET {PATH} HTTP/1.1"
    for line in (
        f"Host: {stranger.host}",
        f"User-Agent: {AGENT}",
        "Accept-Encoding: gzip",
        'If-None-Match: "7"',
        "If-Modified-Since: Sun, 22 Nov 2026 08:00:00 GMT",
    ):
        assert line in lines
    assert [line for line in lines if line.startswith("Accept: text/calendar")]
    assert not [line for line in lines if line.lower().startswith(("cookie", "authorization", "referer"))]


def test_keeps_query_and_odd_letters_of_the_path(stranger: Stranger) -> None:
    stranger.answers(whole(BODY), path="/cl%C3%A9/a.ics?t=a%2Fb&s=%C3%A9")

    assert visit(stranger, "/clé/a.ics?t=a%2Fb&s=é#part").body == BODY


PACKED = gzip.compress(BODY, mtime=0)

HONEST = {
    "chunked": chunked(BODY),
    "in many chunks": chunked(*(BODY[place : place + 9] for place in range(0, len(BODY), 9))),
    "chunk with an extension": OK
    + b"Transfer-Encoding: chunked\r\n\r\n%x;a=b\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(BODY), BODY),
    "until closed": OK + b"\r\n" + BODY,
    "gzip": whole(PACKED, b"Content-Encoding: gzip"),
    "x-gzip, chunked": chunked(PACKED, head=b"Content-Encoding: x-gzip\r\n"),
    "gzip in two parts": whole(
        gzip.compress(BODY[:90]) + gzip.compress(BODY[90:]), b"Content-Encoding: gzip"
    ),
    "gzip in many parts, byte by byte": chunked(
        *(
            bytes((octet,))
            for place in range(0, len(BODY), 40)
            for octet in gzip.compress(BODY[place : place + 40])
        ),
        head=b"Content-Encoding: gzip\r\n",
    ),
    "gzip with padding behind": whole(PACKED + bytes(512), b"Content-Encoding: gzip"),
    "identity": whole(BODY, b"Content-Encoding: identity"),
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
    "no reason given": b"HTTP/1.1 200\r\n\r\n" + BODY,
    "bare line feeds": b"HTTP/1.1 200 OK\nX: y\n\n" + BODY,
    "octet-stream": whole(
        BODY, b"Content-Type: application/octet-stream", b"Content-Disposition: attachment"
    ),
    "called a page": whole(BODY, b"Content-Type: text/html; charset=nonsense"),
    "continue first": b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + whole(BODY),
    "odd etag": whole(BODY, b"ETag: " + b"x" * 900),
    "etag of strange letters": whole(BODY, 'ETag: "é"'.encode()),
    "length that is none": OK + b"Content-Length: many\r\n\r\n" + BODY,
    "length below zero": OK + b"Content-Length: -7\r\n\r\n" + BODY,
    "more than announced": whole(BODY) + b"GARBAGE" * 100,
    "a cookie for us": whole(BODY, b"Set-Cookie: a=b", b"Refresh: 0; url=http://127.0.0.1/"),
}


@pytest.mark.parametrize("answer", HONEST.values(), ids=HONEST)
def test_reads_every_honest_way_to_answer(stranger: Stranger, answer: bytes) -> None:
    stranger.answers(answer, path=PATH)

    fetched = visit(stranger)

    assert fetched.body == BODY
    assert len(fetched.etag) <= 200
    assert fetched.etag.isascii()


@pytest.mark.parametrize("behind", [b"", BODY])
def test_takes_304_only_for_an_answer_to_its_question(stranger: Stranger, behind: bytes) -> None:
    stranger.answers(b"HTTP/1.1 304 Not Modified\r\n\r\n" + behind, path=PATH)

    known = visit(stranger, validators=Validators(etag='"7"'))
    failure = failure_of(stranger)

    assert (known.not_modified, known.body) == (True, b"")
    assert isinstance(failure, FetchFailed)
    assert failure.status == 304


@pytest.mark.parametrize(
    "answer", [whole(b""), OK + b"Content-Le", OK + b"no header at all\r\n\r\n"], ids=repr
)
def test_hands_an_empty_answer_on_to_be_judged(stranger: Stranger, answer: bytes) -> None:
    stranger.answers(answer, path=PATH)

    assert visit(stranger).body == b""


DATE = b"Date: Sun, 22 Nov 2026 08:00:00 GMT\r\n"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        (b"Retry-After: 120\r\n", timedelta(minutes=2)),
        (b"Retry-After: 0\r\n", timedelta()),
        (b"Retry-After: 999999999\r\n", timedelta(days=1)),
        (b"Retry-After: " + b"9" * 50 + b"\r\n", timedelta(days=1)),
        (DATE + b"Retry-After: Sun, 22 Nov 2026 08:10:00 GMT\r\n", timedelta(minutes=10)),
        (DATE + b"Retry-After: Sun, 22 Nov 2020 08:10:00 GMT\r\n", timedelta()),
        (b"Retry-After: Sun, 22 Nov 2026 08:10:00 GMT\r\n", None),
        (b"Retry-After: soon\r\n", None),
        (b"Retry-After: -5\r\n", None),
        (b"Retry-After: 1e3\r\n", None),
        (b"", None),
    ],
)
def test_passes_on_when_to_come_back(
    stranger: Stranger, status: int, headers: bytes, wait: timedelta | None
) -> None:
    stranger.answers(b"HTTP/1.1 %d Later\r\n" % status + headers + b"\r\n", path=PATH)

    failure = failure_of(stranger)

    assert isinstance(failure, FetchFailed)
    assert failure.retry_after == wait
    assert failure.words("fr") == f"Le serveur a répondu par l’erreur {status}."
