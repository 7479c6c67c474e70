"""The people of the example house, and the paper on which their passwords are kept for its owner."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from app.models import Property, RoleName
from app.services import users

DOMAIN = "maison-ingenieur.example"
PEOPLE: Mapping[str, RoleName] = {
    "Marie": RoleName.MANAGER,
    "Samir": RoleName.RECEPTION,
    "Odile": RoleName.VOLUNTEER,
    "Karim": RoleName.HOUSEKEEPER,
    "Jeanne": RoleName.TREASURER,
}
PASSWORD_BYTES = 12


def draw_passwords() -> dict[str, str]:
    """Draw a password for everybody."""
    return {name: secrets.token_urlsafe(PASSWORD_BYTES) for name in PEOPLE}


def take_in(*, house: Property, hashes: Mapping[str, str], actor: str, now: datetime) -> dict[str, int]:
    """Take everybody in, their passwords hashed already, and return their ids by name. Commits."""
    return {
        name: users.create_user(
            house=house,
            email=address_of(name),
            name=name,
            password_hash=hashes[name],
            roles=[role],
            language="fr",
            actor=actor,
            now=now,
        ).id
        for name, role in PEOPLE.items()
    }


def address_of(name: str) -> str:
    """Return the e-mail address with which somebody signs in.

    >>> address_of("Samir")
    'samir@maison-ingenieur.example'
    """
    return f"{name.lower()}@{DOMAIN}"


def write_logins(path: Path, passwords: Mapping[str, str]) -> None:
    """Write the logins where only the owner of the folder can read them."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    lines = (
        f"{name:<8} {PEOPLE[name]:<12} {address_of(name):<32} {word}\n" for name, word in passwords.items()
    )
    path.write_text("".join(lines), encoding="utf-8")


def hash_all(passwords: Mapping[str, str], hash_password: Callable[[str], str]) -> dict[str, str]:
    """Hash everybody's password, before any transaction is open."""
    return {name: hash_password(word) for name, word in passwords.items()}
