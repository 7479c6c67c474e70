"""Take people of the house in, find them, and let them go."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update

from app.database import own_transaction, session
from app.models import Property, Role, RoleName, User
from app.services import events


class EmailTaken(ValueError):
    """Somebody already has an account with this address."""


def find_by_email(property_id: int, email: str) -> User | None:
    """Return the person of this house with this address, whatever its capitals."""
    statement = select(User).where(
        User.property_id == property_id, func.lower(User.email) == email.strip().lower()
    )
    return session.scalars(statement).first()


def create_user(
    *,
    house: Property,
    email: str,
    name: str,
    password_hash: str,
    roles: Iterable[RoleName],
    language: str,
    actor: str,
    now: datetime,
) -> User:
    """Take somebody in; the password arrives hashed, since hashing holds no transaction. Raises: EmailTaken."""
    address = email.strip().lower()
    if session.scalar(select(User.id).where(User.email == address)) is not None:
        raise EmailTaken(address)
    user = User(
        property_id=house.id,
        email=address,
        name=name,
        password=password_hash,
        fs_uniquifier=secrets.token_hex(16),
        language=language,
        roles=[_role(name) for name in roles],
    )
    session.add(user)
    session.flush()
    events.record(property_id=house.id, actor=actor, verb="create", noun="user", noun_id=user.id, now=now)
    session.commit()
    return user


def keep_hash(*, user_id: int, password_hash: str) -> None:
    """Store the same password under today's parameters; a short transaction of its own."""
    with own_transaction() as connection:
        connection.execute(update(User).where(User.id == user_id).values(password=password_hash))


def _role(name: RoleName) -> Role:
    role = session.scalars(select(Role).where(Role.name == name.value)).first()
    return role or Role(name=name.value)
