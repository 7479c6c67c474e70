"""A stranger's server on the loopback: each path answers by a script of the test, byte for byte."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

Script = Callable[["Conversation"], None]


class Conversation:
    """Hold one connection: what was asked, and the means to answer."""

    def __init__(self, connection: socket.socket, request: bytes, is_over: threading.Event) -> None:
        self.request = request
        self._connection = connection
        self._is_over = is_over

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._connection.sendall(piece)

    def drip(self, piece: bytes) -> None:
        """Send a piece again and again, until the other side or the test has had enough."""
        while not self._is_over.wait(0.01):
            self.send(piece)

    def say_nothing(self) -> None:
        self._is_over.wait(30)

    def wait_for_goodbye(self) -> None:
        """Read until the caller hangs up: he is not to hear the end of the answer before he has read it."""
        if not isinstance(self._connection, ssl.SSLSocket):
            self._connection.shutdown(socket.SHUT_WR)
        while self._connection.recv(65_536):
            pass


class Stranger:
    """Serve scripts by path on a free port of the loopback, and remember what was asked.

    `calls` counts those who connected, `goodbyes` those who hung up by themselves. `on_connection`, where a test sets
    it, takes the place of all scripts: it speaks before anything is asked.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.scripts: dict[str, Script] = {}
        self.requests: list[bytes] = []
        self.calls = 0
        self.goodbyes = 0
        self.on_connection: Script | None = None
        self._context = context
        self._is_over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/feed.ics") -> str:
        return f"{'https' if self._context else 'http'}://{self.host}{path}"

    def answers(self, *pieces: bytes, path: str = "/feed.ics") -> None:
        self.scripts[path] = lambda conversation: conversation.send(*pieces)

    def close(self) -> None:
        self._is_over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self) -> None:
        while not self._is_over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._converse, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _converse(self, connection: socket.socket) -> None:
        self.calls += 1
        with connection:
            connection.settimeout(5)
            try:
                self._speak(connection)
            except TimeoutError:
                return
            except OSError:
                pass  # the caller hung up while we were speaking
            self.goodbyes += 1

    def _speak(self, connection: socket.socket) -> None:
        if self.on_connection is not None:
            self.on_connection(Conversation(connection, b"", self._is_over))
            return
        speaker = self._context.wrap_socket(connection, server_side=True) if self._context else connection
        with speaker:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = speaker.recv(65_536)
                if not piece:
                    return
                request += piece
            self.requests.append(request)
            conversation = Conversation(speaker, request, self._is_over)
            script = self.scripts.get(request.split(b" ")[1].decode())
            if script is not None:
                script(conversation)
            conversation.wait_for_goodbye()
