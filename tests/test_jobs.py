"""The house wakes its sweeps by name alone, and runs a scheduled one once, however many workers it has."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from flask import Flask
from huey.registry import Message
from sqlalchemy import select

from app.database import db, session
from app.gateways.mail import SmtpAddressInvalid
from app.jobs import runs, wake
from app.jobs.installation import Jobs
from app.jobs.queue import CallTooRich, NameOnly, open_queue
from app.jobs.sweeps import SWEEPS, Sweep
from app.models import Booking, BookingStatus, JobRun, Letter, LetterKind, Property, Source
from app.services.reminders import remind_desk
from config import Config
from tests.cast import NOW, TODAY
from tests.post_office import bare_app, build_house, create_tables, empty_database_fixture, post_to

SPAWN = multiprocessing.get_context("spawn")
ROOT = Path(__file__).parent.parent
TIMES = [datetime(2026, 11, 22, 9, minute, tzinfo=UTC) for minute in range(20)]

empty_database = empty_database_fixture


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_runs_every_sweep_of_its_table_on_an_empty_house(app: Flask, sweep: Sweep) -> None:
    session.remove()

    assert not app.extensions["jobs"].run(sweep.name)


def count_wins(start: Barrier, url: str, answers: multiprocessing.Queue[int]) -> None:
    """Try to take every slot, in a process of its own."""
    app = bare_app(url)
    start.wait(60)
    with app.app_context():
        answers.put(sum(runs.take_slot("outbox", at) for at in TIMES))


def test_runs_a_scheduled_sweep_once_however_many_workers_it_has(empty_database: str) -> None:
    app = bare_app(empty_database)
    with app.app_context():
        create_tables()
        start, answers = SPAWN.Barrier(4), SPAWN.Queue()
        workers = [SPAWN.Process(target=count_wins, args=(start, empty_database, answers)) for _ in range(4)]
        for worker in workers:
            worker.start()
        wins = [answers.get(timeout=60) for _ in workers]
        for worker in workers:
            worker.join(60)
        rows = len(session.scalars(select(JobRun)).all())
        session.remove()
        db.engine.dispose()

    assert (sum(wins), rows) == (len(TIMES), len(TIMES))


def test_runs_a_sweep_again_in_the_next_slot_only(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    jobs = Jobs(app, [Sweep("five", 5, lambda _config: ran.append(1))])
    session.remove()

    for minute in (0, 1, 4, 5, 9, 10):
        monkeypatch.setattr("app.clock.now", lambda minute=minute: TIMES[minute])
        jobs.run_on_time("five")

    assert len(ran) == 3
    assert all(run.finished_at is not None for run in session.scalars(select(JobRun)))


def test_does_not_run_a_sweep_beside_itself(app: Flask) -> None:
    again: list[object] = []
    jobs = Jobs(app, [Sweep("slow", 1, lambda _config: again.append(jobs.run("slow")) or "done")])
    session.remove()

    assert [jobs.run("slow"), jobs.run("slow")] == ["done", "done"]
    assert again == [None, None]


def test_refuses_to_start_with_a_mail_server_that_is_none(make_app: Callable[..., Flask]) -> None:
    with pytest.raises(SmtpAddressInvalid, match="SMTP_URL"):
        make_app(smtp_url="mail.example.org", mail_from="bonjour@maison.test")


def test_forgets_old_slots(app: Flask) -> None:
    session.remove()
    for at in TIMES:
        runs.take_slot("outbox", at)

    assert runs.forget_slots(before=TIMES[5]) == 5
    assert len(session.scalars(select(JobRun)).all()) == len(TIMES) - 5


def test_refuses_a_rhythm_that_does_not_divide_the_hour() -> None:
    with pytest.raises(ValueError, match="seven"):
        Sweep("seven", 7, lambda _config: None)


def test_writes_a_call_as_a_name_and_reads_it_back() -> None:
    written = NameOnly().serialize(Message(id="1", name="outbox", args=(), kwargs={}))

    assert written == b'{"id": "1", "name": "outbox"}'
    assert NameOnly().deserialize(written).name == "outbox"


@pytest.mark.parametrize("rich", [{"args": (1,)}, {"kwargs": {"booking": 1}}, {"eta": NOW}])
def test_wakes_no_sweep_with_anything_but_its_name(rich: dict[str, object]) -> None:
    with pytest.raises(CallTooRich):
        NameOnly().serialize(Message(**{"id": "1", "name": "outbox", "args": (), "kwargs": {}, **rich}))


class Trap:
    """What a stranger could leave in the queue if it were pickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


def test_runs_nothing_that_a_stranger_left_in_the_queue() -> None:
    with pytest.raises(ValueError, match=r"JSON|codec"):
        NameOnly().deserialize(pickle.dumps(Trap()))


def test_sends_a_guest_on_their_way_even_if_the_queue_is_out_of_order(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = Jobs(app)
    monkeypatch.setitem(app.extensions, "jobs", jobs)
    monkeypatch.setattr("app.jobs.installation.open_queue", lambda _config: 1 / 0)

    wake("outbox")

    assert "outbox could not be woken" in caplog.text


def test_wakes_the_outbox_when_a_page_has_posted_a_letter(
    house: Property, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr("app.jobs.installation.wake", woken.append)
    application, house_id = make_app(), house.id

    @application.post("/letter")
    def letter() -> str:
        post_to(session.get_one(Property, house_id), "alice@example.org")
        return "posted"

    @application.post("/nothing")
    def nothing() -> str:
        return "nothing posted"

    application.config["WTF_CSRF_ENABLED"] = False
    client = application.test_client()
    client.post("/letter")
    client.post("/nothing")
    with application.app_context():
        db.engine.dispose()

    assert woken == ["outbox"]


def waiting_request(house: Property, asked_minutes_ago: int, due_in_minutes: int) -> Booking:
    booking = Booking(
        property_id=house.id,
        reference=f"ASKED{asked_minutes_ago:05}",
        status=BookingStatus.REQUESTED,
        source=Source.WEB,
        arrival=TODAY + timedelta(days=3),
        departure=TODAY + timedelta(days=4),
        language="fr",
        currency="EUR",
        created_at=NOW - timedelta(days=1),
        ordered_at=NOW - timedelta(minutes=asked_minutes_ago),
        answer_due_at=NOW + timedelta(minutes=due_in_minutes),
    )
    session.add(booking)
    session.commit()
    return booking


def test_reminds_the_desk_once_at_half_time(house: Property) -> None:
    early = waiting_request(house, asked_minutes_ago=59, due_in_minutes=61)
    late = waiting_request(house, asked_minutes_ago=61, due_in_minutes=59).id

    assert [remind_desk(now=NOW), remind_desk(now=NOW)] == [1, 0]

    [reminder] = session.scalars(select(Letter))
    assert (reminder.kind, reminder.booking_id, reminder.recipient) == (
        LetterKind.DESK_REMINDER,
        late,
        house.email,
    )
    early.status = BookingStatus.CONFIRMED
    session.commit()
    assert remind_desk(now=NOW + timedelta(minutes=30)) == 0


def test_does_its_jobs_until_it_is_told_to_stop(empty_database: str, tmp_path: Path) -> None:
    app = bare_app(empty_database)
    with app.app_context():
        create_tables()
        lapsed = waiting_request(build_house(), asked_minutes_ago=60, due_in_minutes=60)
        lapsed.lapses_at = datetime(2020, 1, 1, tzinfo=UTC)
        session.commit()
        session.remove()
        db.engine.dispose()
    environment = os.environ | {
        "SECRET_KEY": "a secret for tests and for nothing else",
        "DATABASE_URL": empty_database,
        "VAR_DIR": str(tmp_path),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert worker.stderr is not None
        first_line = worker.stdout.readline()
        logged = next(line for line in worker.stderr if "sweep holds" in line)
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    finally:
        worker.kill()
        worker.wait()

    assert first_line == "The jobs run with 2 workers.\n"
    assert json.loads(logged)["message"] == "sweep holds: 1"
    assert worker.returncode == 0


def test_runs_everything_once_from_the_shell(app: Flask) -> None:
    session.remove()

    result = app.test_cli_runner().invoke(args=["jobs", "once"])

    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0] for line in result.output.splitlines()] == [sweep.name for sweep in SWEEPS]


def test_names_the_sweeps_that_there_are(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["jobs", "once", "mails"])

    assert result.exit_code == 2
    assert "outbox" in result.output


def test_keeps_its_queue_beside_the_database(app: Flask, tmp_path: Path, empty_database: str) -> None:
    config = Config(secret_key="x" * 40, var_dir=tmp_path / "var", database_url=empty_database)

    queue = open_queue(config)
    try:
        call = queue.task(name="outbox")(lambda: None)
        call()
        assert queue.pending_count() == 1
        assert (tmp_path / "var" / "jobs.sqlite3").exists() == empty_database.startswith("sqlite")
    finally:
        queue.storage.close()
