"""One request to one checked address: certificate of the host, every second and every byte counted.

The standard library's client, because it says nothing: urllib3 logs an address, secret and all, when a server's
headers are malformed.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from types import TracebackType

from calendars.fetch.addresses import Target
from calendars.fetch.errors import FetchFailed

PIECE = 64 * 1024
_MIB = 1024 * 1024
_GZIP = 31
_GZIP_BEGINS = b"\x1f\x8b"


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
        self._timer = threading.Timer(self._deadline.left(), self._hang_up)
        self._timer.daemon = True
        self._timer.start()
        try:
            connection.sock.settimeout(self._deadline.left())
            connection.putrequest(
                "GET", self._target.path_and_query, skip_host=True, skip_accept_encoding=True
            )
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            self._response = response = connection.getresponse()
        except (HTTPException, OSError, ValueError):
            raise self._failure("bad_answer") from None
        if self._has_hung_up.is_set():
            raise self._deadline.missed()
        if len(set(response.headers.get_all("Content-Length", []))) > 1:
            raise FetchFailed("bad_answer")
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
        received, expected = 0, response.length
        try:
            while expected is None or received < expected:
                # read1 returns what has arrived: reading a full piece would wait for a dripping server.
                piece = response.read1(PIECE if expected is None else min(PIECE, expected - received))
                if not piece:
                    break
                received += len(piece)
                body += unpack.feed(piece) if unpack else piece
                if len(body) > max_bytes or received > max_bytes:
                    raise FetchFailed("too_much", limit=f"{max_bytes / _MIB:g}")
        except (HTTPException, OSError, ValueError, zlib.error):
            raise self._failure("cut_short") from None
        if self._has_hung_up.is_set():
            raise self._deadline.missed()
        if (unpack and not unpack.is_whole) or (expected is not None and received < expected):
            raise FetchFailed("cut_short")
        return bytes(body)

    def _connect(self, addresses: list[str], connect_seconds: float) -> HTTPConnection:
        latest = Deadline(connect_seconds)
        failure = FetchFailed("unreachable")
        for address in addresses:
            seconds = min(self._deadline.left(), latest.left())
            try:
                return self._connection_to(address, seconds)
            except ssl.SSLCertVerificationError:
                failure = FetchFailed("certificate")
            except TimeoutError:
                failure = FetchFailed("timeout", limit=f"{connect_seconds:g}")
            except (OSError, ValueError):
                failure = FetchFailed("unreachable")
        raise failure from None

    def _connection_to(self, address: str, seconds: float) -> HTTPConnection:
        """Connect, and for https shake hands; a whole handshake has one time-out, however slowly it drips."""
        connected = socket.create_connection((address, self._target.port), timeout=seconds)
        try:
            if self._target.scheme == "https":
                # The certificate must be that of the host, though the connection goes to the address.
                context = self._trust or ssl.create_default_context()
                connected = context.wrap_socket(connected, server_hostname=self._target.host)
        except BaseException:
            connected.close()
            raise
        connection = HTTPConnection(address, self._target.port)
        connection.sock = connected
        return connection

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
    """Unpack gzip piece by piece, one packed file after another, never more than one byte beyond the cap."""

    def __init__(self, max_bytes: int) -> None:
        self._left = max_bytes + 1
        self._unpacker = zlib.decompressobj(wbits=_GZIP)

    @property
    def is_whole(self) -> bool:
        """Say whether the end of the packed stream has been seen."""
        return self._unpacker.eof

    def feed(self, piece: bytes) -> bytes:
        """Unpack one piece; what would exceed the cap stays packed, what follows the end and is no gzip is left."""
        plain = bytearray()
        while piece and self._left > 0:
            if self._unpacker.eof:
                if not piece.startswith(_GZIP_BEGINS[: len(piece)]):
                    break
                self._unpacker = zlib.decompressobj(wbits=_GZIP)
            unpacked = self._unpacker.decompress(piece, self._left)
            self._left -= len(unpacked)
            plain += unpacked
            piece = self._unpacker.unused_data
        return bytes(plain)
