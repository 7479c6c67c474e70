"""Secure addresses: the certificate must be the host's and valid today, and no slow handshake outlasts the deadline."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from calendars.fetch import FetchError, FetchFailed, Limits, fetch
from tests.calendars.fetch.visits import AGENT, BODY, OK, PATH, QUICK, SECRET, failure_of, moved, whole
from tests.calendars.stranger import Conversation, Stranger

ALWAYS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC))
LONG_AGO = (datetime(2010, 1, 1, tzinfo=UTC), datetime(2011, 1, 1, tzinfo=UTC))
SOME_DAY = (datetime(2089, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC))


def certificate(
    folder: Path, name: str, valid: tuple[datetime, datetime] = ALWAYS
) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a server's certificate for a name, and somebody who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    is_address = name[0].isdigit()
    named = x509.IPAddress(ip_address(name)) if is_address else x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.SubjectAlternativeName([named]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both = folder / f"{name}.pem"
    both.write_bytes(secret + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    return server, ssl.create_default_context(cadata=pem.decode())


def call(server: Stranger, trust: ssl.SSLContext | None, **options: Any) -> bytes:
    host = f"calendars.example:{server.port}"
    return fetch(
        f"webcal://{host}/{SECRET}.ics",
        user_agent=AGENT,
        allowed_test_hosts=frozenset((host,)),
        resolver=lambda host, port: ["127.0.0.1"],
        trust=trust,
        **options,
    ).body


def code_of(server: Stranger, trust: ssl.SSLContext | None, **options: Any) -> str:
    with pytest.raises(FetchError) as failure:
        call(server, trust, **options)
    assert SECRET not in f"{failure.value!r} {failure.value}"
    return failure.value.code


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Stranger, ssl.SSLContext]]:
    context, trust = certificate(tmp_path, "calendars.example")
    server = Stranger(context)
    yield server, trust
    server.close()
    assert server.goodbyes == server.calls


def test_reads_what_the_right_host_serves(secure: tuple[Stranger, ssl.SSLContext]) -> None:
    server, trust = secure
    server.answers(whole(BODY), path=f"/{SECRET}.ics")

    assert call(server, trust) == BODY


@pytest.mark.parametrize(
    ("name", "valid", "is_trusted"),
    [
        ("calendars.example", ALWAYS, False),
        ("elsewhere.example", ALWAYS, True),
        ("127.0.0.1", ALWAYS, True),  # the address that is connected to is not the host
        ("*.example.org", ALWAYS, True),
        ("calendars.example", LONG_AGO, True),
        ("calendars.example", SOME_DAY, True),
    ],
)
def test_believes_no_other_certificate(
    tmp_path: Path, name: str, valid: tuple[datetime, datetime], is_trusted: bool
) -> None:
    context, trust = certificate(tmp_path, name, valid)
    server = Stranger(context)
    server.answers(whole(BODY), path=f"/{SECRET}.ics")
    try:
        assert code_of(server, trust if is_trusted else None) == "certificate"
    finally:
        server.close()

    assert server.requests == []
    assert server.goodbyes == server.calls


def test_leaves_a_safe_address_for_no_unsafe_one(tmp_path: Path) -> None:
    context, trust = certificate(tmp_path, "127.0.0.1")
    server = Stranger(context)
    server.answers(moved(f"http://{server.host}/plain.ics".encode()), path=PATH)
    try:
        assert failure_of(server, trust=trust).code == "downgrade"
    finally:
        server.close()


def drip_a_handshake(conversation: Conversation) -> None:
    # The head of a TLS record of 16,000 octets, which then come one at a time.
    conversation.send(b"\x16\x03\x03\x3e\x80\x02")
    conversation.drip(b"\x00")


def speak_plainly(conversation: Conversation) -> None:
    conversation.send(OK + b"\r\n" + BODY)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (Conversation.say_nothing, "timeout"),
        (drip_a_handshake, "timeout"),
        (speak_plainly, "unreachable"),
        (lambda conversation: None, "unreachable"),
    ],
)
def test_waits_for_no_handshake_that_does_not_come(stranger: Stranger, script: Any, code: str) -> None:
    stranger.on_connection = script

    assert code_of(stranger, ssl.create_default_context(), limits=QUICK) == code


def test_counts_the_handshake_into_the_time_to_connect(stranger: Stranger) -> None:
    stranger.on_connection = drip_a_handshake

    assert code_of(stranger, None, limits=Limits(connect_seconds=0.3, total_seconds=60)) == "timeout"


def test_hangs_up_on_a_slow_secure_answer(secure: tuple[Stranger, ssl.SSLContext]) -> None:
    server, trust = secure

    def drip(conversation: Conversation) -> None:
        conversation.send(OK + b"Content-Length: 90000\r\n\r\n")
        conversation.drip(b"x")

    server.scripts[f"/{SECRET}.ics"] = drip

    with pytest.raises(FetchFailed) as failure:
        call(server, trust, limits=QUICK)
    assert failure.value.code == "timeout"
