"""Open an empty database to measure on, and the application on it, migrated like any other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, inspect

from app import create_app
from app.database import db
from app.schema import MIGRATIONS
from config import Config
from tests.postgres import running_postgres

SECRET = "a secret for measurements and for nothing else"
OWN_SERVER = "postgresql"
WORDS = (
    "the database to use, which must be empty (default: an SQLite file in a temporary folder; "
    f"'{OWN_SERVER}': a server of its own for this run, with every commit on the disk)"
)


class DatabaseNotEmpty(RuntimeError):
    """Something stands in the database that was named: nobody's data is measured on."""


@contextmanager
def open_database(address: str) -> Iterator[str]:
    """Yield the address of an empty database; what was made for this run is gone afterwards.

    Raises: DatabaseNotEmpty, PostgresUnavailable.
    """
    if address == OWN_SERVER:
        with running_postgres(fsync="on", synchronous_commit="on", full_page_writes="on") as url:
            yield url
    elif address:
        _refuse_tables(address)
        yield address
    else:
        with tempfile.TemporaryDirectory(prefix="juste-nuit-") as folder:
            yield f"sqlite:///{Path(folder) / 'house.sqlite3'}"


@contextmanager
def open_app(url: str, **settings: int | str) -> Iterator[Flask]:
    """Yield the application on a migrated database, inside its context."""
    with tempfile.TemporaryDirectory(prefix="juste-nuit-var-") as var_dir:
        config = Config(secret_key=SECRET, var_dir=Path(var_dir), database_url=url, **settings)  # type: ignore[arg-type]
        app = create_app(config)
        with app.app_context():
            upgrade(directory=str(MIGRATIONS))
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def name_engine(url: str) -> str:
    """Return the name of a database as a report prints it: "SQLite 3.45.1", "PostgreSQL 18.6"."""
    engine = create_engine(url)
    with engine.connect() as connection:
        version = ".".join(str(part) for part in connection.dialect.server_version_info or ())
    engine.dispose()
    return f"{'SQLite' if engine.dialect.name == 'sqlite' else 'PostgreSQL'} {version}"


def _refuse_tables(url: str) -> None:
    engine = create_engine(url)
    tables = inspect(engine).get_table_names()
    engine.dispose()
    if tables:
        raise DatabaseNotEmpty(
            f"There are tables in this database already ({tables[0]}, …): name an empty one."
        )
