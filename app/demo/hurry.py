"""Write a thousand small transactions quickly, where nothing is lost by losing the last ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.database import db, session


@contextmanager
def hurried() -> Iterator[None]:
    """Let SQLite wait for the disk now and then instead of at each commit, and the session keep what it has read.

    Nobody else is in the house yet, and a loading that is interrupted starts again from nothing.
    """
    engine = db.engine
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        engine.dispose()
        event.listen(engine, "connect", _relax)
    session().expire_on_commit = False
    try:
        yield
    finally:
        session().expire_on_commit = True
        if is_sqlite:
            event.remove(engine, "connect", _relax)
            session.rollback()
            engine.dispose()


def _relax(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
