"""A browser of few words: cookies, forms with their token, one connection for each request or one kept open."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

CSRF_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
PATIENCE_SECONDS = 60


class FormMissing(AssertionError):
    """A page that should have a form has none; carries what it said."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page: status, where it leads, and its text."""

    status: int
    location: str
    text: str

    def fill(self, form: Mapping[str, str]) -> dict[str, str]:
        """Return `form` filled in, with the token of the page. Raises: FormMissing."""
        token = CSRF_FIELD.search(self.text)
        if token is None:
            raise FormMissing(f"a page answered {self.status} {self.location} without a form")
        return {"csrf_token": token.group(1), **form}


def own_address() -> str:
    """Draw an address: the house counts visits by network, and lets those of one network wait for each other."""
    return ".".join(["10", *(str(part) for part in secrets.token_bytes(3))])


@dataclass
class Visitor:
    """Somebody with a browser, at the house that answers under `host` and trusts one proxy (TRUSTED_PROXY_COUNT)."""

    port: int
    host: str = "localhost"
    address: str = field(default_factory=own_address)
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(form))

    def open_form(self, page: str, form: Mapping[str, str]) -> dict[str, str]:
        """Open a page and return `form` filled in, with the token of the page. Raises: FormMissing."""
        return self.get(page).fill(form)

    def submit(self, page: str, form: Mapping[str, str]) -> Answer:
        """Open a page and send its form back to it."""
        return self.post(page, self.open_form(page, form))

    def hang_up(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Host": f"{self.host}:{self.port}", "X-Forwarded-For": self.address}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        text = response.read().decode()
        return Answer(response.status, response.headers.get("Location", ""), text)
