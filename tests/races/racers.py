"""Eight real processes that get ready on their own and start together."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from tests.races.runs import Run

PATIENCE_SECONDS = 120


class Racers:
    """The processes, each at the end of a pipe; they live for as many races as one likes."""

    def __init__(self, pipes: Sequence[Connection[Run | None, str]]) -> None:
        self._pipes = pipes

    def race(self, runs: Sequence[Run]) -> list[str]:
        """Give each racer its run, let them start together, and return how it ended for each, in their order.

        There are as many runs as racers. An outcome that is no Outcome says what went wrong.
        """
        for pipe, run in zip(self._pipes, runs, strict=True):
            pipe.send(run)
        return [pipe.recv() for pipe in self._pipes]


@contextmanager
def line_up(count: int) -> Iterator[Racers]:
    """Start so many processes; the house's code is loaded once, before they part."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.races.racers"])
    start = context.Barrier(count)
    ends = [context.Pipe() for _ in range(count)]
    processes = [context.Process(target=_race, args=(theirs, start), daemon=True) for _, theirs in ends]
    for process in processes:
        process.start()
    try:
        yield Racers([ours for ours, _ in ends])
    finally:
        for (ours, theirs), process in zip(ends, processes, strict=True):
            ours.send(None)
            process.join(PATIENCE_SECONDS)
            process.kill()
            ours.close()
            theirs.close()


def _race(orders: Connection[str, Run | None], start: Barrier) -> None:
    while (run := orders.recv()) is not None:
        click = _prepare(run)
        start.wait(PATIENCE_SECONDS)
        try:
            outcome = click()
        except Exception:
            outcome = traceback.format_exc()
        orders.send(outcome)


def _prepare(run: Run) -> Callable[[], str]:
    """Return the last click; of a racer who stumbled before it, a click that tells how."""
    try:
        return run.prepare()
    except Exception:
        told = traceback.format_exc()
        return lambda: told
