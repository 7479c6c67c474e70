"""Hold the session, the typed Base, and how a transaction begins on both engines.

SQLite: WAL, `synchronous=FULL`, `BEGIN IMMEDIATE` for work that writes and plain `BEGIN` for work that reads,
decided before the first query (decision 16). PostgreSQL: the same code, with its own transactions.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, event, func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SQLITE_BUSY_SECONDS = 15


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive datetimes on the way in, gives aware ones on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The ground of every table: one naming convention, instants in UTC."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant()}


# Models inherit from our typed Base, not from db.Model: Flask-SQLAlchemy lends its session and engine only.
db = SQLAlchemy()
session = db.session

_is_reading: ContextVar[bool] = ContextVar("is_reading", default=False)


class WriteInReadOnlyWork(RuntimeError):
    """Something marked as reading tried to write."""


@contextmanager
def reading() -> Iterator[None]:
    """Mark the work inside as read-only: a plain BEGIN on SQLite, and any write through the session refused."""
    token = _is_reading.set(True)
    try:
        yield
    finally:
        _is_reading.reset(token)


def mark_reading(is_reading: bool) -> None:
    """Mark the current request as reading or writing; called by the doors before the first query."""
    _is_reading.set(is_reading)


class OwnTransactionTooLate(RuntimeError):
    """A short transaction of its own was asked for while this work already holds SQLite's only pen."""


@contextmanager
def own_transaction(*, is_reading: bool = False) -> Iterator[Connection]:
    """Open a short transaction on a connection of its own: sessions of staff, limits, read logs (decision 16).

    Raises: OwnTransactionTooLate, at once, where SQLite would wait for the session of the same request until it
    gives up: ask before the first query of a request that writes, or after its commit.
    """
    holds_pen = not _is_reading.get() and session.registry.has() and session().in_transaction()
    if holds_pen and not is_reading and db.engine.dialect.name == "sqlite":
        raise OwnTransactionTooLate("commit or roll back the session first")
    token = _is_reading.set(is_reading)
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        _is_reading.reset(token)


def queue_for(name: str) -> None:
    """Let whoever queues for the same name wait until this transaction ends: what is counted next stays true.

    PostgreSQL: a lock without a row, let go with the transaction. SQLite: who writes is alone already.

    Raises: WriteInReadOnlyWork, for on SQLite whoever only reads is not alone.
    """
    if _is_reading.get():
        raise WriteInReadOnlyWork("this view is marked as reading, and wants to be alone")
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def install_transactions(engine: Engine) -> None:
    """Give an SQLite engine real transactions; leave every other engine as it is."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, never by the driver
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={SQLITE_BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if _is_reading.get() else "BEGIN IMMEDIATE")


@event.listens_for(Session, "before_flush")
def _refuse_flush(flushing: Session, _context: Any, _instances: Any) -> None:
    if _is_reading.get() and (flushing.new or flushing.dirty or flushing.deleted):
        raise WriteInReadOnlyWork("this view is marked as reading, and wrote")


@event.listens_for(Session, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    if _is_reading.get() and (state.is_insert or state.is_update or state.is_delete):
        raise WriteInReadOnlyWork("this view is marked as reading, and wrote")
