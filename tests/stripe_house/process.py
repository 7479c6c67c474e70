"""Start the stand-in as a process of its own, and play the guest, the clock and bad luck through HTTP.

>>> with StripeHouse() as house:
...     house.url.startswith("http://127.0.0.1:")
True
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROJECT = Path(__file__).resolve().parents[2]
SECRET_KEY = "sk_test_stand_in"
WEBHOOK_SECRET = "whsec_stand_in"


@dataclass(frozen=True)
class Page:
    """What the guest's browser got: where it was sent (empty: it stayed), the status, the page."""

    status: int
    location: str
    text: str


class StripeHouse:
    """The stand-in, running from `with` to its end; `url` is its address, for the API and for the page."""

    url: str

    def __enter__(self) -> Self:
        """Start the process and wait until it says its address."""
        command = [sys.executable, "-m", "tests.stripe_house", "--port", "0", "--until-input-ends"]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"the stand-in did not start: exit {self._process.wait()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close its input, which ends it."""
        self._process.communicate(timeout=10)

    # The guest

    def pay(self, session_url: str, card: str = "visa") -> Page:
        """Press "Pay" with a test card: visa, declined, insufficient or 3ds."""
        return self._visit(session_url, {"step": "pay", "card": card})

    def authenticate(self, session_url: str, *, succeeds: bool) -> Page:
        """Answer the bank after a 3ds card."""
        return self._visit(session_url, {"step": "recognised" if succeeds else "unknown"})

    def look(self, session_url: str) -> Page:
        """Open the payment page."""
        return self._visit(session_url, None)

    # The house

    def webhook(self, url: str = "", secret: str = WEBHOOK_SECRET) -> None:
        """Have notifications sent to `url` from now on; without one they are signed and kept only."""
        self._control("POST", "/webhook", {"url": url, "secret": secret})

    def notifications(self) -> list[dict[str, str]]:
        """Return the notifications sent so far, oldest first: type, body, signature."""
        return list(self._control("GET", "/notifications"))

    def requests(self) -> list[dict[str, str]]:
        """Return what the API was asked so far, oldest first: method, path, key, body, agent."""
        return list(self._control("GET", "/requests"))

    def set_clock(self, now: datetime | None) -> None:
        """Stop the stand-in's clock at an instant; None lets it run again."""
        self._control("POST", "/clock", {"now": now and int(now.timestamp())})

    def reset(self) -> None:
        """Forget everything: payments, keys, notifications, faults, clock."""
        self._control("DELETE", "/all")

    # Bad luck

    def break_next(self, method: str, path: str, action: str, *, times: int = 1, status: int = 503) -> None:
        """Break the next requests to a path (`*` allowed).

        `action`: status; drop_request (never came); drop_response (done, never heard); hang (until released).
        """
        fault = {"method": method, "path": path, "action": action, "times": times, "status": status}
        self._control("POST", "/faults", fault)

    def release(self) -> None:
        """Let hanging requests go on, and forget the faults that have not struck."""
        self._control("DELETE", "/faults")

    def _control(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        data = None if values is None else json.dumps(values).encode()
        request = urllib.request.Request(
            f"{self.url}/_house{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with _OPENER.open(request, timeout=10) as answer:
            return json.load(answer)

    def _visit(self, address: str, form: dict[str, str] | None) -> Page:
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            with _OPENER.open(address, data, timeout=10) as answer:
                return Page(answer.status, "", answer.read().decode())
        except urllib.error.HTTPError as answer:
            return Page(answer.code, answer.headers.get("Location", ""), answer.read().decode())


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Report a redirection instead of following it: its target is the hotel, which may not be running."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere)
