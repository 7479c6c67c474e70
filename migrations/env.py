"""Run the migrations, one runner at a time, all or nothing.

SQLite: an exclusive transaction, foreign keys off while tables are rebuilt and checked before the commit.
PostgreSQL: a transaction behind an advisory lock. Whoever comes second waits, and finds the work done.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import NullPool

import app.models  # noqa: F401 -- every table becomes known
from app.database import Base, Instant, db

WAIT_SECONDS = 60
ADVISORY_LOCK = 6_230_021_122


class ReferencesBroken(RuntimeError):
    """After the migration rows point to rows that do not exist; nothing was kept."""


def run() -> None:
    """Migrate the database of the application."""
    engine = create_engine(db.engine.url, poolclass=NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_exclusive)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            compare_server_default=True,
            render_item=_render_item,
            autogenerate_plugins=["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
        )
        with context.begin_transaction():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            context.run_migrations()
            if is_sqlite:
                _check_references(connection)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")


def _begin_exclusive(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise ReferencesBroken(f"{len(broken)} rows, the first in table {broken[0][0]}")


def _render_item(kind: str, item: Any, _context: object) -> str | bool:
    # A migration outlives the code of its day: it names plain column types only.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


run()
