"""Give an application its queue: for each sweep of the table one wake-up call and one schedule."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from flask import Flask, Response, current_app
from huey import Huey

from app import clock
from app.database import session
from app.jobs.commands import jobs_commands
from app.jobs.queue import open_queue
from app.jobs.runs import finish_slot, slot_of, take_slot
from app.jobs.sweeps import SWEEPS, Sweep, post_of
from app.services.letters import HAS_LETTERS
from config import Config

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenQueue:
    """A queue that knows the sweeps, and for each of them the call that wakes it."""

    huey: Huey
    calls: dict[str, Callable[[], object]]


class Jobs:
    """The sweeps of one application and the queue that wakes them."""

    def __init__(self, app: Flask, sweeps: Iterable[Sweep] = SWEEPS) -> None:
        """Remember the application; nothing is opened yet."""
        self.app = app
        self.sweeps = {sweep.name: sweep for sweep in sweeps}
        self._busy = {name: Lock() for name in self.sweeps}

    @property
    def config(self) -> Config:
        """Return the settings of the application."""
        config = self.app.config["HOUSE"]
        assert isinstance(config, Config)
        return config

    @cached_property
    def queue(self) -> OpenQueue:
        """Open the queue when it is first needed, so that no connection crosses a fork."""
        huey = open_queue(self.config)
        calls = {}
        for sweep in self.sweeps.values():
            calls[sweep.name] = huey.task(name=sweep.name)(self._runner(sweep.name, self.run))
            on_time = huey.periodic_task(_every(sweep.every_minutes), name=f"{sweep.name}_on_time")
            on_time(self._runner(sweep.name, self.run_on_time))
        return OpenQueue(huey, calls)

    def run(self, name: str) -> object:
        """Run a sweep now, in an application context of its own; return what it says it did.

        Nothing while this process runs the same sweep already: slow feeds must not take the worker of the mails.
        """
        if not self._busy[name].acquire(blocking=False):
            return None
        try:
            with self.app.app_context():
                return self.sweeps[name].run(self.config)
        finally:
            self._busy[name].release()

    def run_on_time(self, name: str) -> object:
        """Run a scheduled sweep, unless another worker has taken this slot of time."""
        slot_at = slot_of(clock.now(), self.sweeps[name].every_minutes)
        with self.app.app_context():
            if not take_slot(name, slot_at):
                return None
        done = self.run(name)
        with self.app.app_context():
            finish_slot(name, slot_at, clock.now())
        return done

    @staticmethod
    def _runner(name: str, run: Callable[[str], object]) -> Callable[[], None]:
        def run_sweep() -> None:
            try:
                done = run(name)
            except Exception:  # the next slot tries again; the other sweeps must not wait for it
                log.exception("sweep %s failed", name)
            else:
                if done:
                    log.info("sweep %s: %s", name, done)

        return run_sweep


def _every(minutes: int) -> Callable[[datetime], bool]:
    return lambda moment: moment.minute % minutes == 0


def wake(name: str) -> None:
    """Ask a worker to run a sweep now; call it after the commit.

    A queue that is out of order costs the guest a minute, until the schedule comes by, and never the booking.
    """
    jobs = current_app.extensions["jobs"]
    try:
        jobs.queue.calls[name]()
    except Exception:
        log.exception("sweep %s could not be woken", name)


def install(app: Flask) -> None:
    """Give an application its sweeps; whatever request posts letters wakes the outbox when it is done.

    Raises: SmtpAddressInvalid, here rather than when the first mail is due.
    """
    app.extensions["jobs"] = Jobs(app)
    post_of(app.extensions["jobs"].config)
    app.cli.add_command(jobs_commands)
    app.after_request(_wake_outbox)


def _wake_outbox(response: Response) -> Response:
    if session.info.pop(HAS_LETTERS, False):
        wake("outbox")
    return response
