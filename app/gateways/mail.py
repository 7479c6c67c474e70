"""Hand a finished mail to the post: a mail server in production, a folder of files in the demo.

Both are asked the same way, `send(message)`, and fail the same way: `MailRefused` about this mail,
`PostClosed` when the post itself does not answer and trying the next mail is pointless.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
import tempfile
import unicodedata
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

CONNECT_SECONDS = 10
DEFAULT_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
LONGEST_NAME = 60


class MailRefused(Exception):
    """The post would not take this mail; the sentence is what the desk reads."""


class PostClosed(Exception):
    """The post cannot be reached at all."""


class SmtpAddressInvalid(ValueError):
    """SMTP_URL is not an address that mail can be handed to."""


class Post(Protocol):
    """Whatever takes a finished mail."""

    def send(self, message: EmailMessage) -> None:
        """Take one mail, or raise MailRefused or PostClosed."""


@dataclass(frozen=True, slots=True, repr=False)
class SmtpMail:
    """A mail server, by `smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`.

    `smtp://` is for a server on this machine or a test; the two others check the server's certificate.
    """

    url: str
    timeout_seconds: int = CONNECT_SECONDS
    trusted: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        """Refuse an address that would only fail when the first guest waits for a mail."""
        try:
            parts = urlsplit(self.url)
            has_odd_port = parts.port == 0
        except ValueError as error:
            raise SmtpAddressInvalid("SMTP_URL has a port that is not a number.") from error
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or has_odd_port:
            raise SmtpAddressInvalid("SMTP_URL must look like smtp+starttls://user:password@host:587.")

    def send(self, message: EmailMessage) -> None:
        """Hand one mail over, on a connection of its own.

        Raises: MailRefused, PostClosed.
        """
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise PostClosed(fault_of(error)) from error
        try:
            connection.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise MailRefused(fault_of(error)) from error
        finally:
            _part_from(connection)

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
        trusted = self.trusted or ssl.create_default_context()
        if parts.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=self.timeout_seconds, context=trusted
            )
        else:
            connection = smtplib.SMTP(host, port, timeout=self.timeout_seconds)
        try:
            if parts.scheme == "smtp+starttls":
                connection.starttls(context=trusted)
            if parts.username:
                connection.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            connection.close()
            raise
        return connection


@dataclass(frozen=True, slots=True)
class FileMail:
    """A folder where each mail becomes a file that any mail program opens."""

    directory: Path

    def send(self, message: EmailMessage) -> None:
        """Write one mail, whole or not at all; the same mail sent again writes the same file.

        Raises: PostClosed when the folder cannot be written.
        """
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.directory, suffix=".part", delete=False) as file:
                file.write(message.as_bytes(policy=SMTP))
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self.directory / file_name(message))
        except OSError as error:
            raise PostClosed(fault_of(error)) from error


def file_name(message: EmailMessage) -> str:
    """Name a mail's file by when, what and to whom; the end of its Message-ID keeps two mails apart.

    >>> mail = EmailMessage()
    >>> mail["Date"] = "Sun, 22 Nov 2026 15:30:00 +0000"
    >>> mail["Subject"], mail["To"] = "Réservation confirmée", "alice@example.org"
    >>> mail["Message-ID"] = "<0a1b2c3d4e@house.example>"
    >>> file_name(mail)
    '2026-11-22-153000_reservation-confirmee_alice-example-org_0a1b2c3d.eml'
    """
    when = parsedate_to_datetime(message["Date"])
    own = _plain(message["Message-ID"].strip("<>").partition("@")[0])[:8]
    return f"{when:%Y-%m-%d-%H%M%S}_{_plain(message['Subject'])}_{_plain(message['To'])}_{own}.eml"


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text)[:LONGEST_NAME].strip("-")


def _part_from(connection: smtplib.SMTP) -> None:
    """Say goodbye; a server that answers it badly has taken or refused the mail all the same."""
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()


def fault_of(error: Exception) -> str:
    """Say in one line what the server answered, without the password that a login error could carry."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"{code} {_one_line(answer)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_one_line(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return f"{type(error).__name__}: {_one_line(str(error))}"


def _one_line(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:160]
