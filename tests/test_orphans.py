"""A test run that is killed leaves no server of the house behind."""

from __future__ import annotations

import select
import signal
import subprocess
import sys
from pathlib import Path

from tests.orphans import LAUNCHER

ROOT = Path(__file__).resolve().parents[1]
LONGEST_SECONDS = 10
SERVER = ("sh", "-c", "echo open; exec sleep 60")
RUN = "import subprocess, sys; subprocess.run(sys.argv[1:])"


def test_takes_its_servers_along_when_a_run_is_killed() -> None:
    run = subprocess.Popen([sys.executable, "-c", RUN, *LAUNCHER, *SERVER], cwd=ROOT, stdout=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stdout.readline() == b"open\n"

    run.send_signal(signal.SIGKILL)
    run.wait()

    with run.stdout as words:  # it ends with the last process that could write into it
        has_ended, _, _ = select.select([words], [], [], LONGEST_SECONDS)
        assert has_ended, "the server outlives the run"
        assert words.read() == b""
