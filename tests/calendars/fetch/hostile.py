"""Strangers who are ill or hostile: what each sends, and the code of the failure that it must become."""

import gzip
import zlib
from collections.abc import Callable

from tests.calendars.fetch.visits import BODY, OK, chunked, moved, whole
from tests.calendars.stranger import Conversation

PACKED = gzip.compress(BODY, mtime=0)
BOMB = gzip.compress(bytes(20_000_000))
GZIP = b"Content-Encoding: gzip"

ANSWERS = {
    # A status that brings no calendar, whatever stands behind it.
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "http_status"),
    "another's content": (b"HTTP/1.1 203 Perhaps\r\n\r\n" + BODY, "http_status"),
    "a part": (b"HTTP/1.1 206 Partial Content\r\n\r\n" + BODY, "http_status"),
    "choices": (b"HTTP/1.1 300 Multiple Choices\r\nLocation: /b\r\n\r\n", "http_status"),
    "use a proxy": (b"HTTP/1.1 305 Use Proxy\r\nLocation: http://127.0.0.1/\r\n\r\n", "http_status"),
    "unchanged, unasked": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "http_status"),
    "log in": (b"HTTP/1.1 401 Who?\r\nWWW-Authenticate: Basic\r\n\r\n" + BODY, "http_status"),
    "forbidden": (b"HTTP/1.1 403 Forbidden\r\n\r\n", "http_status"),
    "not found": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "http_status"),
    "gone": (b"HTTP/1.1 410 Gone\r\n\r\n", "http_status"),
    "too often": (b"HTTP/1.1 429 Too Many Requests\r\n\r\n", "http_status"),
    "error": (b"HTTP/1.1 500 Oops\r\n\r\n" + BODY, "http_status"),
    "not now": (b"HTTP/1.1 503 Service Unavailable\r\n\r\n" + BODY, "http_status"),
    "early hints": (b"HTTP/1.1 103 Early Hints\r\n\r\n" + whole(BODY), "http_status"),
    "another protocol": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + BODY, "http_status"),
    "status 999": (b"HTTP/1.1 999 Request denied\r\n\r\n", "http_status"),
    # No HTTP at all.
    "nothing": (b"", "bad_answer"),
    "a calendar without a head": (BODY, "bad_answer"),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n" * 4, "bad_answer"),
    "HTTP/9": (b"HTTP/9.9 yes\r\n\r\n", "bad_answer"),
    "status of letters": (b"HTTP/1.1 OK\r\n\r\n", "bad_answer"),
    "status of one digit": (b"HTTP/1.1 2 OK\r\n\r\n" + BODY, "bad_answer"),
    "status below zero": (b"HTTP/1.1 -200 OK\r\n\r\n" + BODY, "bad_answer"),
    "nul octets": (bytes(5_000), "bad_answer"),
    "endless status line": (b"HTTP/1.1 200 " + b"x" * 100_000, "bad_answer"),
    "endless header": (OK + b"X: " + b"x" * 100_000, "bad_answer"),
    "too many headers": (OK + b"X: y\r\n" * 500 + b"\r\n", "bad_answer"),
    "many long headers": (OK + (b"X: " + b"y" * 60_000 + b"\r\n") * 120, "bad_answer"),
    "two lengths": (OK + b"Content-Length: 3\r\nContent-Length: 99\r\n\r\n" + BODY, "bad_answer"),
    # Packed in a way that was not asked for, badly, or to burst.
    "unasked packing": (whole(BODY, b"Content-Encoding: br"), "bad_answer"),
    "deflate": (whole(zlib.compress(BODY), b"Content-Encoding: deflate"), "bad_answer"),
    "packed twice": (whole(gzip.compress(PACKED), b"Content-Encoding: gzip, gzip"), "bad_answer"),
    "not gzip": (whole(BODY, GZIP), "cut_short"),
    "half a gzip": (whole(PACKED[:-12], GZIP), "cut_short"),
    "gzip without its last octet": (whole(PACKED[:-1], GZIP), "cut_short"),
    "gzip with a false sum": (whole(PACKED[:-6] + b"\0\0" + PACKED[-4:], GZIP), "cut_short"),
    "gzip and half of another": (whole(PACKED + PACKED[:-9], GZIP), "cut_short"),
    "gzip of nothing": (whole(b"", GZIP), "cut_short"),
    "gzip bomb": (whole(BOMB, GZIP), "too_much"),
    "gzip bomb in chunks": (chunked(BOMB[:9_000], BOMB[9_000:], head=GZIP + b"\r\n"), "too_much"),
    "many small gzip bombs": (whole(gzip.compress(bytes(60_000)) * 40, GZIP), "too_much"),
    "too large": (whole(b"x" * 100_001), "too_much"),
    "too large, unannounced": (OK + b"\r\n" + b"x" * 200_000, "too_much"),
    "too large in chunks": (chunked(*[b"x" * 9_000] * 12), "too_much"),
    # Lengths that do not hold.
    "shorter than said": (OK + b"Content-Length: 9000\r\n\r\n" + BODY, "cut_short"),
    "closed at once": (OK + b"Content-Length: 9000\r\n\r\n", "cut_short"),
    "broken chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY, "cut_short"),
    "chunk below zero": (OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + BODY, "cut_short"),
    "chunk cut": (OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + BODY, "cut_short"),
    "no last chunk": (chunked(BODY).removesuffix(b"0\r\n\r\n"), "cut_short"),
    "endless chunk size": (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 100_000, "cut_short"),
    "enormous chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 30 + b"\r\n" + BODY, "cut_short"),
    # Sent on, to nowhere.
    "redirect without address": (b"HTTP/1.1 302 Found\r\n\r\n", "bad_answer"),
    "redirect to nothing": (moved(b""), "bad_answer"),
    "redirect to an endless address": (moved(b"/" + b"x" * 9_000), "bad_answer"),
    "redirect in strange letters": (moved("/é".encode()), "bad_answer"),
    "redirect with a bell": (moved(b"/a\x07b"), "bad_answer"),
}

# Where a redirect must not lead, though the first address was good.
REDIRECTS = {
    "loopback": (b"http://127.0.0.1/admin", "not_public"),
    "loopback by name": (b"http://localhost/", "not_public"),
    "loopback elsewhere": (b"http://127.8.9.1/", "not_public"),
    "any address": (b"http://0.0.0.0/", "not_public"),
    "metadata": (b"http://169.254.169.254/latest/meta-data/", "not_public"),
    "metadata of IPv6": (b"http://[fd00:ec2::254]/", "not_public"),
    "link-local IPv6": (b"http://[fe80::1]/", "not_public"),
    "IPv6 zone": (b"http://[fe80::1%25eth0]/", "malformed"),
    "loopback of IPv6": (b"http://[::1]/", "not_public"),
    "mapped loopback": (b"http://[::ffff:127.0.0.1]/", "not_public"),
    "mapped loopback in hex": (b"http://[::ffff:7f00:1]/", "not_public"),
    "NAT64": (b"http://[64:ff9b::7f00:1]/", "not_public"),
    "6to4": (b"http://[2002:7f00:1::]/", "not_public"),
    "private": (b"//10.0.0.1/", "not_public"),
    "private, another": (b"https://192.168.1.1/", "not_public"),
    "shared by carriers": (b"https://100.64.0.1/", "not_public"),
    "multicast": (b"https://224.0.0.1/", "not_public"),
    "one number": (b"http://2130706433/", "malformed"),
    "hexadecimal": (b"http://0x7f.1/", "malformed"),
    "octal": (b"http://0177.0.0.1/", "malformed"),
    "short form": (b"http://127.1/", "malformed"),
    "another port": (b"http://127.0.0.1:6379/", "port"),
    "port zero": (b"http://calendars.example:0/", "port"),
    "no port": (b"http://calendars.example:http/", "malformed"),
    "bad brackets": (b"http://[", "malformed"),
    "no host": (b"https:///a.ics", "no_host"),
    "only a dot": (b"http://./a.ics", "no_host"),
    "a blank": (b"http://calendars.example/a b.ics", "malformed"),
    "a backslash": (b"http://calendars.example\\@127.0.0.1/", "malformed"),
    "a file": (b"file:///etc/passwd", "scheme"),
    "data": (b"data:text/calendar,BEGIN:VCALENDAR", "scheme"),
    "gopher": (b"gopher://127.0.0.1:6379/_FLUSHALL", "scheme"),
    "a password": (b"http://user:pass@calendars.example/", "credentials"),
    "an empty user": (b"http://@127.0.0.1/", "credentials"),
}


def stop_in_the_middle(conversation: Conversation) -> None:
    conversation.send(OK + b"Content-Length: 90000\r\n\r\n" + BODY)
    conversation.say_nothing()


def drip_after(opening: bytes, piece: bytes) -> Callable[[Conversation], None]:
    def drip(conversation: Conversation) -> None:
        conversation.send(opening)
        conversation.drip(piece)

    return drip


# Servers that would keep us for hours; a socket's own time-out begins anew at each of their octets.
SLOW = {
    "silence": Conversation.say_nothing,
    "silence in the middle": stop_in_the_middle,
    "a status line letter by letter": drip_after(b"", b"H"),
    "a header letter by letter": drip_after(OK, b"X"),
    "a header a while": drip_after(OK, b"X: y\r\n" + b"Z"),
    "a body letter by letter": drip_after(OK + b"Content-Length: 90000\r\n\r\n", b"x"),
    "a body without end": drip_after(OK + b"\r\n", b"x"),
    "small chunks": drip_after(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "a chunk size digit by digit": drip_after(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "last headers": drip_after(chunked(BODY).removesuffix(b"\r\n"), b"X: y\r\n"),
    "gzip of nothing more": drip_after(OK + GZIP + b"\r\n\r\n" + PACKED[:20], b""),
    "always about to answer": drip_after(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "slow redirects": drip_after(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n", b"X"),
}
