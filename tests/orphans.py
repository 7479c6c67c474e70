"""Run a program that never outlives whoever started it: the kernel (Linux) tells it to go when they die.

    python -m tests.orphans COMMAND ...     becomes COMMAND, which gets SIGTERM when its parent is killed

It is a program of its own because a test run has threads, between which no code may run in a forked child.
"""

from __future__ import annotations

import os
import signal
import sys

from tests.postgres import die_with_parent

LAUNCHER = (sys.executable, "-m", "tests.orphans")

if __name__ == "__main__":
    die_with_parent(signal.SIGTERM)
    os.execvp(sys.argv[1], sys.argv[1:])
