"""Run the sweeps from the shell: `flask jobs run` for as long as the house is open, `flask jobs once` for now."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup

SHUTDOWN_SECONDS = 30
LONGEST_NAP_SECONDS = 1.0

jobs_commands = AppGroup("jobs", help="What runs by itself: mails, holds, feeds, payments.")


@jobs_commands.command("run")
@click.option("--workers", default=2, show_default=True, help="How many sweeps may run at the same time.")
def run(workers: int) -> None:
    """Run every sweep at its hours and whenever it is woken, until told to stop."""
    consumer = current_app.extensions["jobs"].queue.huey.create_consumer(
        workers=workers,
        max_delay=LONGEST_NAP_SECONDS,
        graceful_signal="TERM",  # a sweep that has begun comes to its end
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    signal.signal(signal.SIGTERM, _leave)  # until huey listens itself, nothing has begun
    click.echo(f"The jobs run with {workers} workers.")
    consumer.run()


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


@jobs_commands.command("once")
@click.argument("names", nargs=-1)
def once(names: tuple[str, ...]) -> None:
    """Run the named sweeps once, now; without a name, all of them."""
    jobs = current_app.extensions["jobs"]
    unknown = sorted(set(names) - set(jobs.sweeps))
    if unknown:
        raise click.BadParameter(
            f"no sweep is called {', '.join(unknown)}; there are {', '.join(jobs.sweeps)}."
        )
    for name in names or jobs.sweeps:
        click.echo(f"{name}: {jobs.run(name)}")
