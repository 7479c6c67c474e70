"""The stage of the tests: a database for each worker, the application on it, the cast, and browsers that sign in.

SQLite in a temporary folder, or the server of TEST_DATABASE_URL: then each worker makes and drops a database of its
own. `app` begins with empty tables, `house` with the cast. Tests work inside an application context, so services can
be called directly; each request of a client has a context of its own, as in a server.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, select, text
from werkzeug.test import TestResponse

from app import clock, create_app
from app.database import Base, db, session
from app.models import Property, User
from app.services import staff_sessions
from app.web.sessions import TICKET_MARK
from config import Config
from tests.cast import build_cast
from tests.platforms import SECRET

CSRF_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class HouseClient(FlaskClient):
    """A browser: every request in a context of its own, whatever context the test stands in."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make one request; what the test has changed so far is committed before."""
        if has_app_context():
            session.commit()  # on SQLite an open transaction would keep the request waiting
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def submit(self, page: str, form: dict[str, Any], to: str | None = None, **kwargs: Any) -> TestResponse:
        """Open `page`, then send `form` with the page's CSRF token to `to` (else to the page itself)."""
        token = CSRF_FIELD.search(self.get(page, **kwargs).text)
        assert token, f"{page} has no form"
        return self.post(to or page, data={"csrf_token": token.group(1), **form}, **kwargs)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a database: bin/test runs them a second time, on PostgreSQL."""
    for item in items:
        if {"engine_url", "empty_database"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session")
def engine_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of this worker's database."""
    with _new_database(tmp_path_factory.mktemp("database")) as url:
        yield url


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """Yield the address of a database in which nothing stands, not even a table."""
    with _new_database(tmp_path) as url:
        yield url


@contextmanager
def _new_database(folder: Path) -> Iterator[str]:
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{folder / 'house.sqlite3'}"
        return
    name = f"house_{secrets.token_hex(6)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session")
def made_apps() -> list[Flask]:
    """Return the list of the applications on this worker's database; `make_app` adds to it."""
    return []


@pytest.fixture(scope="session")
def make_app(
    engine_url: str, made_apps: list[Flask], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Flask]]:
    """Return a maker of applications on this worker's database: `make_app(hold_minutes=1)`."""
    var_dir = tmp_path_factory.mktemp("var")

    def make(**settings: Any) -> Flask:
        known = {
            "secret_key": SECRET,
            "hash_memory_kib": 64,
            "web_threads": 4,
        }
        app = create_app(Config(**{**known, "var_dir": var_dir, "database_url": engine_url, **settings}))
        app.testing = True
        app.test_client_class = HouseClient
        made_apps.append(app)
        return app

    yield make
    _hang_up(made_apps)


def _hang_up(apps: list[Flask]) -> None:
    for app in apps:
        with app.app_context():
            db.engine.dispose()
        jobs = app.extensions["jobs"]
        if "queue" in vars(jobs):  # opened by the first wake-up call
            jobs.queue.huey.storage.close()


@pytest.fixture(scope="session")
def stage(
    make_app: Callable[..., Flask], made_apps: list[Flask], tmp_path_factory: pytest.TempPathFactory
) -> Stage:
    """Prepare the tables, empty and with the cast, once for each worker."""
    return Stage(make_app(), made_apps, tmp_path_factory.mktemp("stage"))


@pytest.fixture
def app(stage: Stage) -> Iterator[Flask]:
    """Yield the application on empty tables, inside its context."""
    with stage.app.app_context():
        stage.empty()
        yield stage.app


@pytest.fixture
def house(stage: Stage) -> Iterator[Property]:
    """Yield La Maison d'Ingénieur with the whole cast, inside the application's context."""
    with stage.app.app_context():
        yield stage.fill()


@pytest.fixture
def client(stage: Stage, house: Property) -> FlaskClient:
    """Return the browser of a guest of the house."""
    return stage.app.test_client()


@pytest.fixture
def signed_in(stage: Stage, house: Property) -> Callable[..., FlaskClient]:
    """Return a maker of browsers in which somebody of the cast is signed in: `signed_in("samir")`.

    The session begins at `clock.now()`: travel in time before, not after. `on` is an application of `make_app`.
    """

    def sign_in(name: str, on: Flask | None = None) -> FlaskClient:
        user = session.scalars(select(User).where(User.name == name.capitalize())).one()
        key, ticket = user.fs_uniquifier, f"ticket-of-{name}"
        session.commit()
        data = {"_user_id": key, "_fresh": True, "fs_paa": clock.now().timestamp()}
        digest = sha256(ticket.encode()).hexdigest()
        staff_sessions.end(digest)
        staff_sessions.begin(digest=digest, user_key=key, data=data, now=clock.now())
        browser = (on or stage.app).test_client()
        browser.set_cookie("session", TICKET_MARK + ticket)
        return browser

    return sign_in


class Stage:
    """One database whose tables are emptied or filled with the cast faster than rows can be written.

    SQLite: a file is copied over the old one. PostgreSQL: the tables are truncated, the cast is written again.
    """

    def __init__(self, app: Flask, apps: list[Flask], folder: Path) -> None:
        self.app = app
        self._apps = apps  # every one of them has connections, which must not outlive the file
        with app.app_context():
            self.file = Path(db.engine.url.database or "") if db.engine.dialect.name == "sqlite" else None
            Base.metadata.create_all(db.engine)
            if self.file:
                self._empty_copy, self._full_copy = folder / "empty", folder / "full"
                self._copy_to(self._empty_copy)
                build_cast()
                self._copy_to(self._full_copy)

    def empty(self) -> None:
        """Leave no row in any table."""
        session.remove()
        if self.file:
            self._copy_from(self._empty_copy)
            return
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with db.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))

    def fill(self) -> Property:
        """Leave the cast and nothing else; return our house."""
        if self.file:
            session.remove()
            self._copy_from(self._full_copy)
            house = session.scalars(select(Property).where(Property.code == "maison")).one()
            session.commit()
            return house
        self.empty()
        return build_cast()

    def _copy_to(self, copy: Path) -> None:
        session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.engine.dispose()
        assert self.file
        shutil.copyfile(self.file, copy)

    def _copy_from(self, copy: Path) -> None:
        assert self.file
        _hang_up(self._apps)
        for left_over in ("-wal", "-shm"):
            self.file.with_name(self.file.name + left_over).unlink(missing_ok=True)
        shutil.copyfile(copy, self.file)
