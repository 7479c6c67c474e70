"""The house counts exactly, however many processes count at once (decision 21)."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.database import db, session
from app.models import Throttle
from app.services import throttles
from config import Config
from tests.cast import NOW

PROCESSES, VISITS, LIMIT = 4, 50, 5
WINDOW_MINUTES = 15


def allow(key: str = "somebody", minutes: float = 0) -> bool:
    return throttles.allow(
        key, limit=LIMIT, window_minutes=WINDOW_MINUTES, now=NOW + timedelta(minutes=minutes)
    )


def test_lets_exactly_as_many_in_as_it_says(app: Flask) -> None:
    assert [allow() for _ in range(7)] == [True] * 5 + [False] * 2


def test_counts_everybody_apart(app: Flask) -> None:
    for _ in range(LIMIT):
        allow("somebody")

    assert allow("somebody else")


def test_begins_again_with_the_next_window(app: Flask) -> None:
    for _ in range(LIMIT + 1):
        allow()

    assert not allow(minutes=14.9)
    assert allow(minutes=15)


def test_forgives_one_and_forgets_what_is_old(app: Flask) -> None:
    for _ in range(LIMIT + 1):
        allow()
    allow("somebody else", minutes=15)

    throttles.forgive("somebody")
    assert allow()
    assert throttles.forget_windows(before=NOW + timedelta(minutes=15)) == 1
    assert session.scalars(select(Throttle.key)).all() == ["somebody else"]


def test_counts_exactly_from_four_processes_at_once(app: Flask, engine_url: str, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    db.engine.dispose()

    with spawn.Pool(PROCESSES) as pool:
        allowed = pool.map(_knock, [(engine_url, tmp_path)] * PROCESSES)

    assert sum(allowed) == LIMIT
    assert session.scalars(select(Throttle.count)).one() == PROCESSES * VISITS


def _knock(where: tuple[str, Path]) -> int:
    url, var_dir = where
    app = create_app(
        Config(secret_key="only for counting, in a test of ours", database_url=url, var_dir=var_dir)
    )
    with app.app_context():
        return sum(allow("contested") for _ in range(VISITS))
