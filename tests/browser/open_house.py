"""The example house, open on loopback: server, sweeps, booking platforms and card processor, each as in real life.

Every process shares one day, that of the cast; the limits that would keep a hundred guests of one machine apart are
raised. The tests look into the same database with `app`, an application that serves nobody. `platform` is one more
booking platform, which says what a test tells it to.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.database import session
from app.demo_channels import open_server
from app.models import Booking, PaymentAttempt
from config import read_config
from tests.cast import NOW, TODAY
from tests.orphans import LAUNCHER
from tests.platforms import Platform, open_platform
from tests.stripe_house.process import SECRET_KEY, WEBHOOK_SECRET, StripeHouse

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = "tests.browser.house_app:app"
READY = "ready"  # what the process behind the pages says when it has done what it was asked
STOP_SECONDS = 15
MANY = "1000"
PLATFORM_HOST = "localhost"  # behind the example's own platforms in the alphabet: the example takes the first
RAISED = (
    "HOLDS_PER_NETWORK",
    "REPEATED_HOLDS_PER_NETWORK",
    "LAPSED_HOLDS",
    "LOGINS_PER_NETWORK",
    "LINKS_PER_HOUR",
)


@dataclass(frozen=True)
class OpenHouse:
    """An example house in which somebody is at home."""

    url: str
    folder: Path
    app: Flask
    stripe: StripeHouse
    platform: Platform
    backstage: subprocess.Popen[str]

    def run_sweeps(self) -> None:
        """Ring the bell: mails leave, payments are looked after, feeds are read."""
        assert self.backstage.stdin is not None
        self.backstage.stdin.write("run\n")
        self.backstage.stdin.flush()
        _await(self.backstage)

    def newest_mail_to(self, address: str) -> EmailMessage:
        """Return the last mail that has left for an address."""
        mails = [message_from_bytes(path.read_bytes(), policy=default) for path in self._mail_files()]
        return [mail for mail in mails if isinstance(mail, EmailMessage) and address in str(mail["To"])][-1]

    def money_taken(self, reference: str) -> int:
        """Return what the processor holds for a booking, in cents: taken, and not given back."""
        with self.app.app_context():
            booked = select(Booking.id).where(Booking.reference == reference).scalar_subquery()
            intent = session.scalars(
                select(PaymentAttempt.intent_id).where(PaymentAttempt.booking_id == booked)
            ).one()
            session.rollback()
        asked = Request(
            f"{self.stripe.url}/v1/payment_intents/{intent}?expand[]=latest_charge",
            headers={"Authorization": f"Bearer {SECRET_KEY}"},
        )
        with urlopen(asked, timeout=10) as answer:
            charge = json.load(answer)["latest_charge"]
        return int(charge["amount_captured"]) - (int(charge["amount_refunded"]) if charge["captured"] else 0)

    def password_of(self, name: str) -> tuple[str, str]:
        """Return the address and the password with which somebody of the house signs in."""
        lines = (self.folder / "demo-logins.txt").read_text(encoding="utf-8").splitlines()
        _name, _role, address, password = next(line for line in lines if line.startswith(name)).split()
        return address, password

    def list_faults(self) -> list[str]:
        """Return what broke on our side, save what was broken on purpose."""
        lines = (self.folder / "server.log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if '"message": "fault"' in line and "break_down" not in line]

    def _mail_files(self) -> list[Path]:
        return sorted((self.folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)


@contextmanager
def open_house(folder: Path) -> Iterator[OpenHouse]:
    """Open the house for as long as the block lasts; everything it needs lives in `folder` and on loopback."""
    with ExitStack() as stack:
        stripe = stack.enter_context(StripeHouse())
        stripe.set_clock(NOW)
        door = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        url = f"http://localhost:{door.getsockname()[1]}"
        platform = stack.enter_context(open_platform())
        hosts = f"127.0.0.1:{stack.enter_context(_platforms())},{PLATFORM_HOST}:{platform.port}"
        settings = _settings(folder, url, stripe.url, hosts)
        log = stack.enter_context((folder / "server.log").open("wb"))
        backstage = stack.enter_context(_behind(settings, log.fileno()))
        stack.enter_context(_serving(door, settings, log.fileno()))
        stripe.webhook(f"{url}/webhooks/stripe")
        yield OpenHouse(url, folder, create_app(read_config(settings)), stripe, platform, backstage)


def _settings(folder: Path, url: str, stripe_url: str, feed_hosts: str) -> dict[str, str]:
    return {
        "SECRET_KEY": "a secret for browser tests and for nothing else",
        "VAR_DIR": str(folder),
        "PUBLIC_URL": url,
        "DEMO": "1",
        "FEED_TEST_HOSTS": feed_hosts,
        "STRIPE_SECRET_KEY": SECRET_KEY,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": stripe_url,
        "HASH_MEMORY_KIB": "64",
        "HOUSE_OPENED_AT": datetime.now(UTC).isoformat(),
        **dict.fromkeys(RAISED, MANY),
    }


@contextmanager
def _platforms() -> Iterator[int]:
    server = open_server(today=lambda: TODAY, port=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def _behind(settings: dict[str, str], log: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.browser.backstage"]
    backstage = subprocess.Popen(
        command, **_surroundings(settings, log), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        _await(backstage)
        yield backstage
    finally:
        backstage.communicate(timeout=STOP_SECONDS)


@contextmanager
def _serving(door: socket.socket, settings: dict[str, str], log: int) -> Iterator[None]:
    """Serve as bin/serve does; the door is bound already, so nobody has to wait for it."""
    manner = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload")
    quiet = ("--no-control-socket", "--log-level", "warning", "--graceful-timeout", "3")
    gunicorn = (*LAUNCHER, sys.executable, "-m", "gunicorn", "--bind", f"fd://{door.fileno()}")
    server = subprocess.Popen(
        [*gunicorn, *manner, *quiet, APPLICATION],
        **_surroundings(settings, log),
        pass_fds=[door.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=log,
        start_new_session=True,  # Ctrl-C is for the test run, which stops the server itself
    )
    try:
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(STOP_SECONDS)


def _surroundings(settings: dict[str, str], log: int) -> dict[str, object]:
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {"cwd": ROOT, "env": {**known, **settings}, "stderr": log}


def _await(backstage: subprocess.Popen[str]) -> None:
    assert backstage.stdout is not None
    if backstage.stdout.readline().strip() != READY:
        raise RuntimeError(f"nobody is behind the pages: exit {backstage.wait()}, see server.log")
