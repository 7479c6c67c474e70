"""The house hands its mail to a server or to a folder, and says what went wrong in one line."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from app.gateways.mail import FileMail, MailRefused, PostClosed, SmtpAddressInvalid, SmtpMail
from tests.post_office import free_port, open_letterbox


def a_mail(recipient: str = "alice@example.org", subject: str = "Réservation confirmée") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "accueil@maison.example"
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Message-ID"] = "<0a1b2c3d4e5f@maison.example>"
    mail["Date"] = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    mail.set_content("À bientôt.")
    return mail


def test_hands_a_mail_to_a_real_server() -> None:
    with open_letterbox() as box:
        SmtpMail(box.url).send(a_mail())

    [mail] = box.mails
    assert mail["Subject"] == "Réservation confirmée"
    assert mail["Message-ID"] == "<0a1b2c3d4e5f@maison.example>"
    assert mail.get_content().strip() == "À bientôt."


def test_says_why_a_server_refused_a_mail() -> None:
    with open_letterbox() as box, pytest.raises(MailRefused, match=r"^550 5.1.1 No such mailbox$"):
        SmtpMail(box.url).send(a_mail("nobody@refused.example"))

    assert box.mails == []


def test_tells_a_closed_post_from_a_refused_mail() -> None:
    with pytest.raises(PostClosed, match="^ConnectionRefusedError"):
        SmtpMail(f"smtp://127.0.0.1:{free_port()}").send(a_mail())


def test_does_not_wait_for_a_silent_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        with pytest.raises(PostClosed, match="timed out|Timeout"):
            SmtpMail(f"smtp://127.0.0.1:{port}", timeout_seconds=1).send(a_mail())


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_sends_nothing_in_clear_where_a_secure_server_was_named(scheme: str) -> None:
    with open_letterbox() as box, pytest.raises(PostClosed):
        SmtpMail(f"{scheme}://samir:secret@127.0.0.1:{box.port}", timeout_seconds=2).send(a_mail())

    assert box.mails == []


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:many", "smtp://host:0"]
)
def test_refuses_an_odd_address_at_the_start(url: str) -> None:
    with pytest.raises(SmtpAddressInvalid, match="SMTP_URL"):
        SmtpMail(url)


def test_never_shows_the_password_of_the_mail_server() -> None:
    assert "secret" not in repr(SmtpMail("smtps://samir:secret@mail.example.org"))


def test_leaves_a_readable_file_in_the_demo(tmp_path: Path) -> None:
    FileMail(tmp_path / "mail").send(a_mail())

    [file] = (tmp_path / "mail").iterdir()
    assert file.name == "2026-11-22-153000_reservation-confirmee_alice-example-org_0a1b2c3d.eml"
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "Réservation confirmée"


def test_writes_the_same_mail_once(tmp_path: Path) -> None:
    FileMail(tmp_path).send(a_mail())
    FileMail(tmp_path).send(a_mail())

    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "recipient", ["../../etc/passwd@example.org", "a/b@example.org", f"{'x' * 200}@example.org"]
)
def test_keeps_a_mail_inside_its_folder(recipient: str, tmp_path: Path) -> None:
    mail = a_mail("alice@example.org", subject="../" * 80)
    mail.replace_header("To", recipient)

    FileMail(tmp_path / "mail").send(mail)

    assert [path.parent for path in tmp_path.rglob("*.eml")] == [tmp_path / "mail"]


def test_says_when_the_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")

    with pytest.raises(PostClosed, match="^FileExistsError"):
        FileMail(tmp_path / "mail").send(a_mail())
