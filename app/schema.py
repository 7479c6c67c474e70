"""Compare the database's schema version with the one this release was written for."""

from __future__ import annotations

from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from app.database import db, own_transaction

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class OtherSchema(RuntimeError):
    """The database is at another schema version than this release."""


def expected_version() -> str:
    """Return the newest revision of the migrations folder."""
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


def database_version() -> str | None:
    """Return the revision that the database is at, None when it was never migrated."""
    with own_transaction(is_reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def ready_to_serve(app: Flask) -> Flask:
    """Return the app, unless it would serve on another schema; a `flask` command may always run.

    Raises: OtherSchema, with the command that puts it right.
    """
    context = click.get_current_context(silent=True)
    if context is not None and context.info_name != "run":
        return app
    with app.app_context():
        found, expected = database_version(), expected_version()
        db.engine.dispose()  # a server forks after this
    if found != expected:
        raise OtherSchema(
            f"The database is at schema version {found or 'none'}, this release needs {expected}: "
            "run `flask house migrate`, or start the release that the database belongs to."
        )
    return app
