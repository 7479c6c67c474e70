"""The production server on loopback, in processes of its own, with its words kept in a file."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.orphans import LAUNCHER

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = "tests.races.house_app:app"
REFUSED_BY_KEY = '"a room night was refused by its key"'
FAULT = '"message": "fault"'
STOP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and what it has written."""

    port: int
    log: Path

    def count_words(self, words: str) -> int:
        """Return how many lines of the log say these words."""
        return sum(words in line for line in self.log.read_text(encoding="utf-8").splitlines())

    @property
    def refused_by_key(self) -> int:
        """Return how often the primary key alone has kept a night from being sold twice."""
        return self.count_words(REFUSED_BY_KEY)


@contextmanager
def serving(
    folder: Path, settings: dict[str, str], *, application: str = APPLICATION, options: tuple[str, ...] = ()
) -> Iterator[Server]:
    """Serve an application from `folder`; settings are environment variables, options those of gunicorn.

    The port is bound here and handed over, so that nobody else can take it and nobody has to wait for the server.
    """
    log = folder / "server.log"
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door, log.open("wb") as words:
        command = [*LAUNCHER, sys.executable, "-m", "gunicorn", "--bind", f"fd://{door.fileno()}"]
        quiet = ("--preload", "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "3")
        server = subprocess.Popen(
            [*command, *quiet, *options, application],
            cwd=ROOT,
            env={**environment, "VAR_DIR": str(folder), **settings},
            pass_fds=[door.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,  # Ctrl-C is for the test run, which stops the server itself
        )
        try:
            yield Server(door.getsockname()[1], log)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_SECONDS)
