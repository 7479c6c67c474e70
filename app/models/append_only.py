"""Refuse UPDATE and DELETE on a ledger in the database itself (decision 22)."""

from __future__ import annotations

from sqlalchemy import DDL, event
from sqlalchemy.schema import ExecutableDDLElement

from app.database import Base

SQLITE = """
CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""

POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def append_only_statements(table: str, dialect: str) -> list[str]:
    """Return the statements that make `table` append-only on "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        return [SQLITE.format(table=table, verb=verb).strip() for verb in ("UPDATE", "DELETE")]
    return [POSTGRESQL_FUNCTION.strip(), POSTGRESQL.format(table=table).strip()]


def keep_append_only(model: type[Base]) -> None:
    """Create the triggers of `model` with its table."""
    table = model.__table__
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only_statements(str(model.__tablename__), dialect):
            ddl: ExecutableDDLElement = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            ddl = ddl.execute_if(dialect=dialect)
            event.listen(table, "after_create", ddl)
