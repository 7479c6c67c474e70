"""Where the house is willing to go, and all the disguises of where it is not."""

import pytest

from calendars.fetch import FetchFailed, FetchRefused, check_url, is_public
from calendars.fetch.addresses import Resolver, parse

PUBLIC = "93.184.215.14"


def to(*addresses: str) -> Resolver:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    "url",
    [
        "https://calendars.example/a.ics",
        "http://calendars.example/a.ics",
        "webcal://calendars.example/a.ics",
        "WEBCAL://Calendars.Example./a.ics?s=1",
        "https://calendars.example:443/a.ics",
        "http://calendars.example:80",
        "  https://calendars.example/a.ics\n",
        "https://maison-d-été.example/a.ics",
        "https://93.184.215.14/a.ics",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/a.ics",
    ],
)
def test_accepts_public_addresses_of_calendars(url: str) -> None:
    check_url(url, resolver=to(PUBLIC))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "malformed"),
        ("calendars.example/a.ics", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://calendars.example/a.ics", "scheme"),
        ("gopher://calendars.example/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("https:///a.ics", "no_host"),
        ("https://", "no_host"),
        ("https://./a.ics", "no_host"),
        ("https://user@calendars.example/", "credentials"),
        ("https://user:secret@calendars.example/", "credentials"),
        ("https://calendars.example@127.0.0.1/", "credentials"),
        ("https://calendars.example:8080/", "port"),
        ("https://calendars.example:22/", "port"),
        ("https://calendars.example:99999/", "malformed"),
        ("https://calendars.example:x/", "malformed"),
        ("https://calendars .example/", "malformed"),
        ("https://calendars.example/\r\nHost: x", "malformed"),
        ("https://calendars.example\\@127.0.0.1/", "malformed"),
        ("https://[::1/", "malformed"),
        ("https://[fe80::1%25eth0]/", "malformed"),
        ("https://2130706433/", "malformed"),
        ("https://0x7f000001/", "malformed"),
        ("https://0x7f.1/", "malformed"),
        ("https://0177.0.0.1/", "malformed"),
        ("https://127.1/", "malformed"),
        ("https://1.2.3.4.5/", "malformed"),
        ("https://calendars_.example,/", "malformed"),
        ("https://" + "a" * 64 + ".example/", "malformed"),
        ("https://calendars.example/" + "a" * 2_000, "malformed"),
    ],
)
def test_refuses_addresses_of_another_sort(url: str, code: str) -> None:
    with pytest.raises(FetchRefused) as refusal:
        check_url(url, resolver=to(PUBLIC))

    assert refusal.value.code == code


NOT_PUBLIC = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.0.9",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2001:10::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "5f00::1",
    "nonsense",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_goes_to_no_address_inside(address: str) -> None:
    assert not is_public(address)
    for answers in ((address,), (PUBLIC, address), (address, PUBLIC)):
        with pytest.raises(FetchRefused) as refusal:
            check_url("https://calendars.example/a.ics", resolver=to(*answers))
        assert refusal.value.code == "not_public"


def test_lets_only_loopback_be_a_test_host() -> None:
    allowed = frozenset(("localhost:5000",))

    check_url("http://localhost:5000/", resolver=to("127.0.0.1", "::1"), allowed_test_hosts=allowed)

    with pytest.raises(FetchRefused):
        check_url("http://localhost:5000/", resolver=to("10.0.0.1"), allowed_test_hosts=allowed)
    with pytest.raises(FetchRefused):
        check_url("http://localhost:5001/", resolver=to("127.0.0.1"), allowed_test_hosts=allowed)
    with pytest.raises(FetchRefused):
        check_url("http://localhost/", resolver=to("127.0.0.1"), allowed_test_hosts=allowed)


def test_says_when_nobody_knows_the_name() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError(f"{host}:{port} is not known")

    for resolver in (unknown, to()):
        with pytest.raises(FetchFailed) as failure:
            check_url("https://nowhere.example/secret.ics", resolver=resolver)
        assert failure.value.code == "unknown_host"
        assert "nowhere" not in f"{failure.value!r} {failure.value}"


def test_hides_the_secret_part_of_an_address() -> None:
    assert "secret" not in repr(parse("https://calendars.example/secret.ics?s=secret"))
