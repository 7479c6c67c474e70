"""The careful client against servers that are honest, ill, or hostile: over real sockets, within small deadlines."""

import gzip
import logging
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from calendars.fetch import Fetched, FetchError, FetchFailed, FetchRefused, Limits, Validators, fetch
from tests.calendars.house import calendar
from tests.calendars.stranger import Conversation, Stranger

BODY = calendar("UID:one\nDTSTART:20270105\nDTEND:20270108")
OK = b"HTTP/1.1 200 OK\r\n"
QUICK = Limits(connect_seconds=0.5, total_seconds=0.5, max_bytes=100_000)
ROOMY = Limits(max_bytes=100_000)
AGENT = "JusteNuit/1 (+https://juste-nuit.example/contact)"


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    server = Stranger()
    yield server
    server.close()


def visit(stranger: Stranger, path: str = "/feed.ics", limits: Limits = ROOMY, **options: Any) -> Fetched:
    return fetch(
        stranger.url(path),
        user_agent=AGENT,
        limits=limits,
        allowed_test_hosts=frozenset((stranger.host,)),
        **options,
    )


def whole(body: bytes, *headers: bytes) -> bytes:
    head = b"".join(header + b"\r\n" for header in headers)
    return OK + head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def test_brings_a_calendar_and_its_validators(stranger: Stranger) -> None:
    stranger.answers(whole(BODY, b'ETag: "7"', b"Last-Modified: Sun, 22 Nov 2026 08:00:00 GMT"))

    fetched = visit(stranger)

    assert (fetched.status, fetched.body, fetched.not_modified) == (200, BODY, False)
    assert (fetched.etag, fetched.last_modified) == ('"7"', "Sun, 22 Nov 2026 08:00:00 GMT")


def test_says_politely_who_asks(stranger: Stranger) -> None:
    stranger.answers(whole(BODY))

    visit(stranger, validators=Validators('"7"', "Sun, 22 Nov 2026 08:00:00 GMT"))

    lines = stranger.requests[0].decode().split("\r\n")
    assert lines[0] == "GET /feed.ics HTTP/1.1"
    for line in (
        f"Host: {stranger.host}",
        f"User-Agent: {AGENT}",
        "Accept-Encoding: gzip",
        'If-None-Match: "7"',
        "If-Modified-Since: Sun, 22 Nov 2026 08:00:00 GMT",
    ):
        assert line in lines
    assert not [line for line in lines if line.lower().startswith(("cookie", "authorization", "referer"))]


def test_keeps_query_and_odd_letters_of_the_path(stranger: Stranger) -> None:
    stranger.answers(whole(BODY), path="/cl%C3%A9/a.ics?t=a%2Fb&s=%C3%A9")

    assert visit(stranger, "/clé/a.ics?t=a%2Fb&s=é").body == BODY


HONEST = {
    "chunked": OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY),
    "until closed": OK + b"\r\n" + BODY,
    "gzip": whole(gzip.compress(BODY), b"Content-Encoding: gzip"),
    "x-gzip, chunked": OK
    + b"Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
    % (len(gzip.compress(BODY, mtime=0)), gzip.compress(BODY, mtime=0)),
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
    "octet-stream": whole(
        BODY, b"Content-Type: application/octet-stream", b"Content-Disposition: attachment"
    ),
    "continue first": b"HTTP/1.1 100 Continue\r\n\r\n" + whole(BODY),
    "odd etag": whole(BODY, b"ETag: " + b"x" * 900),
}


@pytest.mark.parametrize("answer", HONEST.values(), ids=HONEST)
def test_reads_every_honest_way_to_answer(stranger: Stranger, answer: bytes) -> None:
    stranger.answers(answer)

    fetched = visit(stranger)

    assert fetched.body == BODY
    assert len(fetched.etag) <= 200


def test_takes_304_only_for_an_answer_to_its_question(stranger: Stranger) -> None:
    stranger.answers(b"HTTP/1.1 304 Not Modified\r\n\r\n")

    known = visit(stranger, validators=Validators(etag='"7"'))
    with pytest.raises(FetchFailed) as failure:
        visit(stranger)

    assert (known.not_modified, known.body) == (True, b"")
    assert failure.value.status == 304


BOMB = gzip.compress(bytes(20_000_000))
HALF_GZIP = gzip.compress(BODY)[:-12]

ILL = {
    "not found": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "http_status"),
    "gone": (b"HTTP/1.1 410 Gone\r\n\r\n", "http_status"),
    "forbidden": (b"HTTP/1.1 403 Forbidden\r\n\r\n", "http_status"),
    "error": (b"HTTP/1.1 500 Oops\r\n\r\n" + BODY, "http_status"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "http_status"),
    "a part": (b"HTTP/1.1 206 Partial Content\r\n\r\n" + BODY, "http_status"),
    "choices": (b"HTTP/1.1 300 Multiple Choices\r\n\r\n", "http_status"),
    "status 999": (b"HTTP/1.1 999 Request denied\r\n\r\n", "http_status"),
    "nothing": (b"", "bad_answer"),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n" * 4, "bad_answer"),
    "HTTP/9": (b"HTTP/9.9 yes\r\n\r\n", "bad_answer"),
    "status of letters": (b"HTTP/1.1 OK\r\n\r\n", "bad_answer"),
    "endless status line": (b"HTTP/1.1 200 " + b"x" * 100_000, "bad_answer"),
    "endless header": (OK + b"X: " + b"x" * 100_000, "bad_answer"),
    "too many headers": (OK + b"X: y\r\n" * 500 + b"\r\n", "bad_answer"),
    "redirect to nowhere": (b"HTTP/1.1 302 Found\r\n\r\n", "bad_answer"),
    "unasked packing": (whole(BODY, b"Content-Encoding: br"), "bad_answer"),
    "shorter than said": (OK + b"Content-Length: 9000\r\n\r\n" + BODY, "cut_short"),
    "broken chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY, "cut_short"),
    "chunk cut": (OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + BODY, "cut_short"),
    "not gzip": (whole(BODY, b"Content-Encoding: gzip"), "cut_short"),
    "half a gzip": (whole(HALF_GZIP, b"Content-Encoding: gzip"), "cut_short"),
    "gzip bomb": (whole(BOMB, b"Content-Encoding: gzip"), "too_much"),
    "too large": (whole(b"x" * 100_001), "too_much"),
    "too large, unannounced": (OK + b"\r\n" + b"x" * 200_000, "too_much"),
}


@pytest.mark.parametrize(("answer", "code"), ILL.values(), ids=ILL)
def test_names_what_is_wrong_with_an_answer(stranger: Stranger, answer: bytes, code: str) -> None:
    stranger.answers(answer)

    with pytest.raises(FetchFailed) as failure:
        visit(stranger)

    assert failure.value.code == code


def drip_head(conversation: Conversation) -> None:
    conversation.send(OK)
    conversation.drip(b"X")


def drip_body(conversation: Conversation) -> None:
    conversation.send(OK + b"Content-Length: 90000\r\n\r\n")
    conversation.drip(b"x")


def drip_chunks(conversation: Conversation) -> None:
    conversation.send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    conversation.drip(b"1\r\nx\r\n")


def drip_hints(conversation: Conversation) -> None:
    conversation.drip(b"HTTP/1.1 100 Continue\r\n\r\n")


def stop_in_the_middle(conversation: Conversation) -> None:
    conversation.send(OK + b"Content-Length: 90000\r\n\r\n" + BODY)
    conversation.say_nothing()


@pytest.mark.parametrize(
    "script", [drip_head, drip_body, drip_chunks, drip_hints, stop_in_the_middle, Conversation.say_nothing]
)
def test_hangs_up_at_the_deadline(stranger: Stranger, script: Callable[[Conversation], None]) -> None:
    stranger.scripts["/feed.ics"] = script
    begun = monotonic()

    with pytest.raises(FetchFailed) as failure:
        visit(stranger, limits=QUICK)

    assert failure.value.code == "timeout"
    assert monotonic() - begun < 5


def test_waits_for_no_resolver_beyond_the_deadline() -> None:
    is_over = Event()

    def slow(host: str, port: int) -> list[str]:
        is_over.wait(30)
        return []

    try:
        with pytest.raises(FetchFailed) as failure:
            fetch("https://calendars.example/a.ics", user_agent=AGENT, limits=QUICK, resolver=slow)
    finally:
        is_over.set()
    assert failure.value.code == "timeout"


def test_counts_redirects_into_one_deadline(stranger: Stranger) -> None:
    def slow_redirect(conversation: Conversation) -> None:
        conversation.send(b"HTTP/1.1 302 Found\r\nLocation: /feed.ics\r\n")
        conversation.drip(b"X")

    stranger.scripts["/feed.ics"] = slow_redirect

    with pytest.raises(FetchFailed) as failure:
        visit(stranger, limits=QUICK)

    assert failure.value.code == "timeout"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_redirects(stranger: Stranger, status: int) -> None:
    stranger.answers(b"HTTP/1.1 %d Moved\r\nLocation: ../b/c.ics?x=1\r\n\r\n" % status)
    stranger.answers(whole(BODY), path="/b/c.ics?x=1")

    assert visit(stranger).body == BODY


def test_follows_five_redirects_and_no_sixth(stranger: Stranger) -> None:
    for number in range(7):
        stranger.answers(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % (number + 1), path=f"/{number}")
    stranger.answers(whole(BODY), path="/6")

    assert visit(stranger, "/1").body == BODY
    with pytest.raises(FetchFailed) as failure:
        visit(stranger, "/0")
    assert failure.value.code == "too_many_redirects"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        (b"http://127.0.0.1/admin", "not_public"),
        (b"http://localhost/", "not_public"),
        (b"http://169.254.169.254/latest/meta-data/", "not_public"),
        (b"http://[::1]/", "not_public"),
        (b"http://[::ffff:127.0.0.1]/", "not_public"),
        (b"//10.0.0.1/", "not_public"),
        (b"http://2130706433/", "malformed"),
        (b"http://0x7f.1/", "malformed"),
        (b"http://127.0.0.1:6379/", "port"),
        (b"http://[", "malformed"),
        (b"file:///etc/passwd", "scheme"),
        (b"gopher://127.0.0.1:6379/_FLUSHALL", "scheme"),
        (b"http://user:pass@calendars.example/", "credentials"),
    ],
)
def test_follows_no_redirect_to_where_it_would_not_go(stranger: Stranger, location: bytes, code: str) -> None:
    stranger.answers(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n\r\n")

    with pytest.raises(FetchRefused) as refusal:
        visit(stranger)

    assert refusal.value.code == code
    assert len(stranger.requests) == 1


def test_connects_to_the_address_that_it_checked(stranger: Stranger) -> None:
    answers = iter((["127.0.0.1"], ["10.0.0.1"]))
    stranger.answers(whole(BODY))

    fetched = fetch(
        f"http://calendars.example:{stranger.port}/feed.ics",
        user_agent=AGENT,
        allowed_test_hosts=frozenset((f"calendars.example:{stranger.port}",)),
        resolver=lambda host, port: next(answers),
    )

    assert fetched.body == BODY
    assert next(answers) == ["10.0.0.1"]  # asked once
    assert f"Host: calendars.example:{stranger.port}".encode() in stranger.requests[0]


def test_asks_again_before_each_redirect(stranger: Stranger) -> None:
    answers = iter((["127.0.0.1"], ["10.0.0.1"]))
    stranger.answers(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")

    with pytest.raises(FetchRefused):
        visit(stranger, resolver=lambda host, port: next(answers))


def test_tries_the_next_address_when_one_is_dead(stranger: Stranger) -> None:
    stranger.answers(whole(BODY))

    assert visit(stranger, resolver=lambda host, port: ["::1", "127.0.0.1"]).body == BODY


def test_says_when_nobody_answers(stranger: Stranger) -> None:
    stranger.close()

    with pytest.raises(FetchFailed) as failure:
        visit(stranger)

    assert failure.value.code == "unreachable"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        (b"Retry-After: 120\r\n", timedelta(minutes=2)),
        (b"Retry-After: 999999999\r\n", timedelta(days=1)),
        (
            b"Date: Sun, 22 Nov 2026 08:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 08:10:00 GMT\r\n",
            timedelta(minutes=10),
        ),
        (
            b"Date: Sun, 22 Nov 2026 08:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2020 08:10:00 GMT\r\n",
            timedelta(),
        ),
        (b"Retry-After: Sun, 22 Nov 2026 08:10:00 GMT\r\n", None),
        (b"Retry-After: soon\r\n", None),
        (b"", None),
    ],
)
def test_passes_on_when_to_come_back(stranger: Stranger, headers: bytes, wait: timedelta | None) -> None:
    stranger.answers(b"HTTP/1.1 429 Too Many Requests\r\n" + headers + b"\r\n")

    with pytest.raises(FetchFailed) as failure:
        visit(stranger)

    assert failure.value.retry_after == wait
    assert failure.value.words("fr") == "Le serveur a répondu par l’erreur 429."


def test_tells_the_address_to_nobody(stranger: Stranger, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stranger.answers(b"HTTP/1.1 302 Found\r\nLocation: /other?token=s3cr3t\r\n\r\n", path="/a?token=s3cr3t")
    stranger.answers(b"garbage", path="/other?token=s3cr3t")

    with pytest.raises(FetchError) as failure:
        visit(stranger, "/a?token=s3cr3t")

    told = f"{failure.value!r} {failure.value} {failure.value.words('fr')} {caplog.text}"
    assert "s3cr3t" not in told
    assert stranger.host not in told
    assert failure.value.__suppress_context__


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a server's certificate for a name, and somebody who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    if name[0].isdigit():
        names = [x509.IPAddress(ip_address(name))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = made.public_bytes(serialization.Encoding.PEM)
    both = folder / "server.pem"
    both.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain) + pem
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    return server, ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize(("name", "is_right"), [("calendars.example", True), ("elsewhere.example", False)])
def test_checks_the_certificate_of_the_host_not_of_the_address(
    tmp_path: Path, name: str, is_right: bool
) -> None:
    context, trust = certificate(tmp_path, name)
    server = Stranger(context)
    server.answers(whole(BODY))
    options: dict[str, Any] = {
        "user_agent": AGENT,
        "allowed_test_hosts": frozenset((f"calendars.example:{server.port}",)),
        "resolver": lambda host, port: ["127.0.0.1"],
    }
    url = f"webcal://calendars.example:{server.port}/feed.ics"
    try:
        if is_right:
            assert fetch(url, trust=trust, **options).body == BODY
        with pytest.raises(FetchFailed) as failure:
            fetch(url, trust=None if is_right else trust, **options)
    finally:
        server.close()

    assert failure.value.code == "certificate"


def test_leaves_a_safe_address_for_no_unsafe_one(tmp_path: Path) -> None:
    context, trust = certificate(tmp_path, "127.0.0.1")
    server = Stranger(context)
    server.answers(b"HTTP/1.1 302 Found\r\nLocation: http://" + server.host.encode() + b"/plain.ics\r\n\r\n")
    try:
        with pytest.raises(FetchRefused) as refusal:
            visit(server, trust=trust)
    finally:
        server.close()

    assert refusal.value.code == "downgrade"


@pytest.mark.parametrize(
    "nonsense", [{"total_seconds": 0}, {"connect_seconds": -1}, {"max_bytes": 0}, {"max_redirects": -1}]
)
def test_refuses_limits_that_are_none(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="some time"):
        Limits(**nonsense)
