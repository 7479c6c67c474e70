"""One request to one checked address: certificate of the host, every second and every byte counted."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException
from types import TracebackType

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from calendars.fetch.addresses import Target
from calendars.fetch.errors import FetchFailed

PIECE = 64 * 1024
_MIB = 1024 * 1024


class Deadline:
    """Count down the seconds of a whole fetch, redirects included."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left.

        Raises: FetchFailed when there are none.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.missed()
        return left

    def is_over(self) -> bool:
        """Tell whether no second is left."""
        return time.monotonic() >= self._ends

    def missed(self) -> FetchFailed:
        """Make the failure that a missed deadline is."""
        return FetchFailed("timeout", limit=f"{self.seconds:g}")


class Exchange:
    """Hold one open request; leaving the `with` block closes the connection.

    A socket's own time-out begins anew with each byte, so that a server could drip for hours: a timer hangs up at
    the deadline instead, whether headers or body are being read.
    """

    def __init__(self, target: Target, deadline: Deadline, trust: ssl.SSLContext | None) -> None:
        self._target = target
        self._deadline = deadline
        self._trust = trust
        self._connection: HTTPConnection | None = None
        self._response: HTTPResponse | None = None
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self._has_hung_up = threading.Event()

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._response is not None:
            self._response.close()
        if self._connection is not None:
            self._connection.close()

    def ask(self, addresses: list[str], headers: Mapping[str, str], connect_seconds: float) -> HTTPResponse:
        """Connect to the first address that answers, send the request and read the head of the answer.

        Raises: FetchFailed.
        """
        self._connection = connection = self._connect(addresses, connect_seconds)
        # http.client forgets the socket as soon as the server announces that it will close it.
        self._socket = connection.sock
        left = self._deadline.left()
        self._timer = threading.Timer(left, self._hang_up)
        self._timer.daemon = True
        self._timer.start()
        connection.timeout = left
        try:
            connection.request(
                "GET",
                self._target.path_and_query,
                headers=headers,
                preload_content=False,
                decode_content=False,
            )
            self._response = response = connection.getresponse()
        except (HTTPError, HTTPException, OSError, ValueError):
            raise self._failure("bad_answer") from None
        if self._has_hung_up.is_set():
            raise self._deadline.missed()
        return response

    def read(self, response: HTTPResponse, max_bytes: int) -> bytes:
        """Read the body as it arrives, unpacking gzip under the same cap.

        Raises: FetchFailed.
        """
        packing = response.headers.get("Content-Encoding", "").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise FetchFailed("bad_answer")
        unpack = _Gunzip(max_bytes) if packing.endswith("gzip") else None
        body = bytearray()
        received = 0
        try:
            # read1 returns what has arrived: reading a full piece would wait for a dripping server.
            while piece := response.read1(PIECE, decode_content=False):
                received += len(piece)
                body += unpack.feed(piece) if unpack else piece
                if len(body) > max_bytes or received > max_bytes:
                    raise FetchFailed("too_much", limit=f"{max_bytes / _MIB:g}")
        except (HTTPError, HTTPException, OSError, ValueError, zlib.error):
            raise self._failure("cut_short") from None
        if self._has_hung_up.is_set():
            raise self._deadline.missed()
        if (unpack and not unpack.is_whole) or _is_short(response, received):
            raise FetchFailed("cut_short")
        return bytes(body)

    def _connect(self, addresses: list[str], connect_seconds: float) -> HTTPConnection:
        latest = Deadline(connect_seconds)
        failure = FetchFailed("unreachable")
        for address in addresses:
            seconds = min(self._deadline.left(), latest.left())
            connection = self._connection_to(address, seconds)
            try:
                connection.connect()
            except (ssl.SSLCertVerificationError, SSLError):
                failure = FetchFailed("certificate")
            except NewConnectionError:  # refused: urllib3 counts it among the time-outs
                failure = FetchFailed("unreachable")
            except (ConnectTimeoutError, TimeoutError):
                failure = FetchFailed("timeout", limit=f"{connect_seconds:g}")
            except (HTTPError, OSError, ValueError):
                failure = FetchFailed("unreachable")
            else:
                return connection
            connection.close()
        raise failure from None

    def _connection_to(self, address: str, seconds: float) -> HTTPConnection:
        host, port = address, self._target.port
        if self._target.scheme == "http":
            return HTTPConnection(host, port, timeout=seconds)
        # OpenSSL compares the certificate with the name of the host, though the connection goes to the address.
        context = self._trust or ssl.create_default_context()
        return HTTPSConnection(
            host, port, timeout=seconds, ssl_context=context, server_hostname=self._target.host
        )

    def _hang_up(self) -> None:
        self._has_hung_up.set()
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _failure(self, code: str) -> FetchFailed:
        # The socket's own time-out ends at the same moment as the timer, and may be the first of the two.
        if self._has_hung_up.is_set() or self._deadline.is_over():
            return self._deadline.missed()
        return FetchFailed(code)


class _Gunzip:
    """Unpack gzip piece by piece, never more than one byte beyond the cap."""

    def __init__(self, max_bytes: int) -> None:
        self._left = max_bytes + 1
        self._unpacker = zlib.decompressobj(wbits=31)

    @property
    def is_whole(self) -> bool:
        """Say whether the end of the packed stream has been seen."""
        return self._unpacker.eof

    def feed(self, piece: bytes) -> bytes:
        """Unpack one piece; what would exceed the cap stays packed."""
        if self._left <= 0 or self._unpacker.eof:
            return b""
        plain = self._unpacker.decompress(piece, self._left)
        self._left -= len(plain)
        return plain


def _is_short(response: HTTPResponse, received: int) -> bool:
    declared = response.headers.get("Content-Length", "")
    return declared.isdecimal() and received < int(declared[:20])
