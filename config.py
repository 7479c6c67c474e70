"""Read every setting of the house from the environment, once, and refuse to start on a missing or odd one.

The table of settings in the README is held against `Config` by `tests/test_architecture.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

MINIMUM_SECRET_LENGTH = 32


class ConfigInvalid(ValueError):
    """A setting is missing or odd; the sentence says which one and what to write."""


@dataclass(frozen=True, slots=True, repr=False)
class Config:
    """The settings of one installation; the order is that of the README's table.

    Durations carry their unit; limits are those of decision 21. No secret has a default.
    """

    secret_key: str
    var_dir: Path = Path("var")
    database_url: str = ""
    is_demo: bool = False
    public_url: str = ""
    trusted_proxy_count: int = 0
    smtp_url: str = ""
    mail_from: str = ""
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_api_base: str = ""
    payment_environment: str = "local"
    feed_keys: tuple[str, ...] = ()
    feed_test_hosts: frozenset[str] = frozenset()
    feed_minutes: int = 15
    hold_minutes: int = 12
    link_minutes: int = 60
    holds_per_network: int = 3
    repeated_holds_per_network: int = 2
    lapsed_holds: int = 12
    lapsed_holds_percent: int = 66
    lapsed_holds_hours: int = 3
    open_requests_per_contact: int = 2
    logins_per_account: int = 5
    logins_per_network: int = 20
    links_per_hour: int = 10
    codes_per_hour: int = 10
    feed_reads_per_hour: int = 120
    web_threads: int = 8
    hash_memory_kib: int = 19456

    def __post_init__(self) -> None:
        """Refuse what would only fail later, in front of a guest."""
        if len(self.secret_key) < MINIMUM_SECRET_LENGTH:
            raise ConfigInvalid(f"SECRET_KEY must have at least {MINIMUM_SECRET_LENGTH} characters.")
        if any(len(key) < MINIMUM_SECRET_LENGTH for key in self.feed_keys):
            raise ConfigInvalid(f"Each of FEED_KEYS must have at least {MINIMUM_SECRET_LENGTH} characters.")
        if bool(self.stripe_secret_key) != bool(self.stripe_webhook_secret):
            raise ConfigInvalid("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET go together: set both or none.")
        if self.stripe_secret_key.startswith("sk_live_") and (self.is_demo or self.stripe_api_base):
            raise ConfigInvalid("A live STRIPE_SECRET_KEY does not belong in a demo or a test.")
        if self.feed_test_hosts and not self.is_demo:
            raise ConfigInvalid("FEED_TEST_HOSTS is for the demo and for tests; unset it.")
        if not self.is_demo and self.smtp_url and not self.mail_from:
            raise ConfigInvalid("MAIL_FROM is needed with SMTP_URL.")

    def __repr__(self) -> str:
        """Say nothing: a settings object in a log would carry its secrets."""
        return "<Config>"

    @property
    def sqlalchemy_url(self) -> str:
        """Return the database address: DATABASE_URL, else the SQLite file under `var_dir`."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{self.var_dir.resolve() / 'justenuit.sqlite3'}"

    @property
    def vault_keys(self) -> tuple[str, ...]:
        """Return what seals the addresses of feeds, the newest first: FEED_KEYS, else SECRET_KEY."""
        return self.feed_keys or (self.secret_key,)

    @property
    def takes_cards(self) -> bool:
        """Tell whether a card processor is configured; without keys the house is paid at reception only."""
        return bool(self.stripe_secret_key)


def environment_name(field_name: str) -> str:
    """Return the environment variable of a field: `is_demo` is read from DEMO.

    >>> environment_name("hold_minutes"), environment_name("is_demo")
    ('HOLD_MINUTES', 'DEMO')
    """
    return field_name.removeprefix("is_").upper()


def read_config(environment: Mapping[str, str]) -> Config:
    """Build the Config from environment variables.

    Raises: ConfigInvalid, with a sentence that names the variable.
    """
    values: dict[str, Any] = {}
    for field in fields(Config):
        name = environment_name(field.name)
        text = environment.get(name, "").strip()
        if text:
            values[field.name] = _parse(name, str(field.type), text)
    if "secret_key" not in values:
        raise ConfigInvalid("SECRET_KEY is not set: write a long random text into the environment.")
    return Config(**values)


def _parse(name: str, kind: str, text: str) -> object:
    if kind == "int":
        if not text.isascii() or not text.isdigit():
            raise ConfigInvalid(f"{name} must be a whole number, not {text!r}.")
        return int(text)
    if kind == "bool":
        if text not in ("0", "1"):
            raise ConfigInvalid(f"{name} must be 0 or 1, not {text!r}.")
        return text == "1"
    if kind == "Path":
        return Path(text)
    if kind.startswith(("frozenset", "tuple")):
        parts = tuple(part.strip() for part in text.split(",") if part.strip())
        return frozenset(parts) if kind.startswith("frozenset") else parts
    return text
