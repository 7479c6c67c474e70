"""The house migrates from nothing to the schema of its models, one starter at a time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from app import create_app, demo
from app.database import Base, db
from app.demo.people import PEOPLE
from app.gateways.sealing import Vault
from app.models import Booking, ChannelName, Feed, Property, Room, RoomType
from app.schema import MIGRATIONS, OtherSchema, database_version, expected_version, ready_to_serve
from config import Config
from tests.cast import NOW, TODAY
from tests.platforms import VAULT

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a secret for migrations, in tests only"

POSTGRESQL_SCHEMA = (
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
       FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


@pytest.fixture
def unmigrated(empty_url: str, tmp_path: Path) -> Any:
    app = create_app(Config(secret_key=SECRET, database_url=empty_url, var_dir=tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def migrate() -> None:
    upgrade(directory=str(MIGRATIONS))


def schema(connection: Connection) -> set[str]:
    """Describe every table, constraint, index and trigger in the database's own words."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master")).all()
        return {f"{name}: {_in_order(sql or '')}" for name, sql in rows if not name.startswith("alembic")}
    rows = [row for query in POSTGRESQL_SCHEMA for row in connection.execute(text(query)).all()]
    return {str(row) for row in rows if "alembic" not in str(row)}


def _in_order(sql: str) -> list[str]:
    # The order of a table's constraints means nothing; its words do.
    plain = re.sub(r"\s+", " ", sql).replace('"', "")
    is_keyed = plain.endswith("WITHOUT ROWID")
    parts = re.split(r"[(,] (?=CONSTRAINT|[a-z_]+ [A-Z])", plain.removesuffix(" WITHOUT ROWID"))
    return [*sorted(part.rstrip(" ,)") for part in parts), str(is_keyed)]


def test_reaches_the_schema_of_its_models(unmigrated: Flask) -> None:
    migrate()
    with db.engine.connect() as connection:
        migrated = schema(connection)
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(text(f'DROP TABLE "{table.name}"'))
        else:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    Base.metadata.create_all(db.engine)
    with db.engine.connect() as connection:
        created = schema(connection)

    assert migrated == created


def test_migrates_once_when_two_start_together(unmigrated: Flask, empty_url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "SECRET_KEY": SECRET, "DATABASE_URL": empty_url, "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "house", "migrate"]

    starters = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(2)]

    assert [starter.wait(timeout=60) for starter in starters] == [0, 0]
    assert database_version() == expected_version()


def test_migrates_again_without_harm(unmigrated: Flask) -> None:
    migrate()
    migrate()

    assert database_version() == expected_version()


def test_serves_no_other_schema(unmigrated: Flask) -> None:
    with pytest.raises(OtherSchema, match="flask house migrate"):
        ready_to_serve(unmigrated)
    migrate()

    assert ready_to_serve(unmigrated) is unmigrated


def test_takes_a_full_house_forward_and_loses_nothing(unmigrated: Flask, tmp_path: Path) -> None:
    migrate()
    hashes = dict.fromkeys(PEOPLE, "x")
    demo.load(demo.Stage(now=NOW, today=TODAY, feed_port=8010, vault=VAULT, password_hashes=hashes))
    before = count_rows()
    later = shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (later / "versions" / "tomorrow.py").write_text(TOMORROW.format(today=expected_version()))

    db.session.remove()
    upgrade(directory=str(later))

    assert database_version() == "tomorrow"
    assert count_rows() == before
    assert before["booking"] > 100
    with db.engine.connect() as connection:
        assert set(connection.scalars(text("SELECT colour FROM booking"))) == {"brick"}
        with pytest.raises(DatabaseError, match="append-only"):
            connection.execute(text("DELETE FROM event"))


def test_keeps_the_later_of_two_holds_of_one_session(unmigrated: Flask) -> None:
    upgrade(directory=str(MIGRATIONS), revision="0001")
    add_holds_of_one_session()

    migrate()

    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT reference, session_key FROM booking ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [
        ("FIRST", ""),
        ("SECOND", "one browser"),
        ("ORDERED", "one browser"),
    ]


def add_holds_of_one_session() -> None:
    """Write what two posts at the same moment could leave, and an order of the same session."""
    with db.engine.begin() as connection:
        house = {"code": "maison", "timezone": "Europe/Paris", "languages": ["fr"], "created_at": NOW}
        unsaid = dict.fromkeys(("name", "telephone", "email", "address"), "")
        house_id = insert_of_that_day(connection, Property, **house, **unsaid, currency="EUR")
        hold = {
            "property_id": house_id,
            "status": "tentative",
            "source": "web",
            "arrival": TODAY,
            "departure": TODAY + timedelta(days=1),
            "session_key": "one browser",
            "language": "fr",
            "currency": "EUR",
            "created_at": NOW,
        }
        for reference, ordered_at in (("FIRST", None), ("SECOND", None), ("ORDERED", NOW)):
            insert_of_that_day(connection, Booking, **hold, reference=reference, ordered_at=ordered_at)


def test_seals_the_addresses_that_lay_open(unmigrated: Flask) -> None:
    upgrade(directory=str(MIGRATIONS), revision="0008")
    url = "https://www.airbnb.fr/calendar/ical/12.ics?s=a-very-secret-word"
    add_feeds({ChannelName.AIRBNB: url, ChannelName.GOOGLE: ""})

    migrate()

    vault = Vault((SECRET,))
    with db.engine.connect() as connection:
        statement = text("SELECT sealed_url, url_mark, url_host FROM feed ORDER BY channel")
        read, shown = connection.execute(statement).all()
    assert (vault.open(read.sealed_url), read.url_mark, read.url_host) == (
        url,
        vault.mark(url),
        "www.airbnb.fr",
    )
    assert tuple(shown) == ("", "", "")
    assert b"secret" not in database_files()


def database_files() -> bytes:
    """Return the bytes of an SQLite database, closed; nothing for a server that keeps its own."""
    if db.engine.dialect.name != "sqlite":
        return b""
    db.session.remove()
    db.engine.dispose()
    path = Path(str(db.engine.url.database))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def add_feeds(urls: dict[ChannelName, str]) -> None:
    """Write feeds as they were before their addresses were sealed."""
    with db.engine.begin() as connection:
        house = {"code": "maison", "timezone": "Europe/Paris", "languages": ["fr"], "created_at": NOW}
        unsaid = dict.fromkeys(("name", "telephone", "email", "address"), "")
        house_id = insert_of_that_day(connection, Property, **house, **unsaid, currency="EUR")
        names: dict[str, Any] = {"names": {}, "descriptions": {}}
        type_id = insert_of_that_day(
            connection, RoomType, property_id=house_id, code="double", sleeps=2, **names
        )
        room_id = insert_of_that_day(
            connection, Room, property_id=house_id, type_id=type_id, name="Le Jardin"
        )
        feed = {"property_id": house_id, "room_id": room_id, "created_at": NOW}
        for channel, url in urls.items():
            insert_of_that_day(connection, Feed, **feed, channel=channel, public_id=channel, import_url=url)


def insert_of_that_day(connection: Connection, model: type[Base], **values: Any) -> int:
    """Insert a row with the columns that its table has at this revision, and the defaults of today's model."""
    that_day = Table(model.__tablename__, MetaData(), autoload_with=connection)
    for column in model.__table__.columns:
        if column.name in that_day.c and isinstance(column.default, CallableColumnDefault):
            values.setdefault(column.name, column.default.arg(None))  # type: ignore[arg-type]  # no default looks at it
        elif column.name in that_day.c and isinstance(column.default, ScalarElementColumnDefault):
            values.setdefault(column.name, column.default.arg)
    row = connection.execute(insert(that_day).values(**values).returning(that_day.c.id))
    return int(row.scalar_one())


@pytest.mark.parametrize("table", ["event", "folio_line"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'somebody else'", "DELETE FROM {}"])
def test_lets_nobody_rewrite_a_ledger(house: object, table: str, statement: str) -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(text(INSERT[table]))

        with pytest.raises(DatabaseError, match="append-only"), connection.begin_nested():
            connection.execute(text(statement.format(table)))


def count_rows() -> dict[str, int]:
    """Return how many rows stand in each table."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


# What a release to come may do: rebuild tables that others point to, with every row in them.
TOMORROW = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "tomorrow", "{today}"


def upgrade():
    rebuild = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    for table in ("booking", "booked_room", "claim", "room"):
        with op.batch_alter_table(table, recreate=rebuild) as batch:
            batch.add_column(sa.Column("colour", sa.String(20), nullable=False, server_default="brick"))
"""

INSERT = {
    "event": "INSERT INTO event (property_id, at, actor, verb, noun, noun_id, field_names) "
    "SELECT id, created_at, 'system', 'create', 'property', id, '[]' FROM property",
    "folio_line": "INSERT INTO folio_line (property_id, folio_id, kind, code, amount_minor, posted_at, actor, note) "
    "SELECT property_id, id, 'charge', 'night', 100, opened_at, 'system', '' FROM folio",
}
