"""The people of the house, what they may do, and their sessions on the server.

Flask-Security's mixins are the one piece of a web library on this floor: they say what a user is to it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base


class RoleName(StrEnum):
    """Who works in the house."""

    MANAGER = "manager"
    RECEPTION = "reception"
    VOLUNTEER = "volunteer"
    HOUSEKEEPER = "housekeeper"
    TREASURER = "treasurer"


DESK_ROLES = (RoleName.MANAGER, RoleName.RECEPTION, RoleName.VOLUNTEER)
OFFICE_ROLES = (RoleName.MANAGER, RoleName.TREASURER)

user_role = Table(
    "user_role",
    Base.metadata,
    Column("user_id", ForeignKey("user.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A role; what it may do is written in the guards of the doors."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class User(Base, UserMixin):
    """A person who works in one house."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(5), default="fr")

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # the mixin says list[RoleMixin]
        secondary=user_role, lazy="selectin"
    )


class StaffSession(Base):
    """The session of somebody signed in; the cookie carries its random id only, stored here as a digest."""

    __tablename__ = "staff_session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    data: Mapped[dict[str, object]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
