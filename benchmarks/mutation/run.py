"""Run the tests of a module against each of its mutants, each in a process of its own."""

from __future__ import annotations

import builtins
import importlib
import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib.util import spec_from_loader
from types import CodeType, ModuleType
from typing import Any

import pytest

from benchmarks.mutation.mutations import Mutant
from benchmarks.mutation.roundings import STAND_IN, rounded_otherwise

SECONDS = 300
QUIET = [
    "-x",
    "-q",
    "--no-header",
    "--no-summary",
    "-p",
    "no:cacheprovider",
    "-p",
    "_hypothesis_pytestplugin",
]
ALONE = [
    "--confcutdir=tests/pricing",
    "--hypothesis-seed=0",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]
PASSED = 0


class MutantLoader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Import one module with its fault, and everything else as it stands."""

    def __init__(self, module: str, code: CodeType) -> None:
        self.module, self.code = module, code

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """Answer for the mutated module alone."""
        del target
        if name != self.module:
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        folders = found.submodule_search_locations if found else None
        spec = spec_from_loader(name, self, is_package=folders is not None)
        if spec is not None and folders is not None:
            spec.submodule_search_locations = folders
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the code with its fault."""
        exec(self.code, module.__dict__)


def run(
    mutants: Sequence[tuple[Mutant | None, Sequence[str]]], at_once: int, profile: str
) -> Iterator[tuple[int, int]]:
    """Yield the place of each mutant (None: nothing is changed) and the exit code of its tests, as they end.

    `profile` is that of tests/pricing/conftest.py.
    """
    os.environ["PRICING_PROFILE"] = profile
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # twice as fast
    importlib.import_module("hypothesis.strategies")  # once, before the processes part
    running: dict[int, int] = {}
    for place, (mutant, tests) in enumerate(mutants):
        while len(running) >= at_once:
            yield _next_end(running)
        running[_start(mutant, tests)] = place
    while running:
        yield _next_end(running)


def _next_end(running: dict[int, int]) -> tuple[int, int]:
    process, status = os.wait()
    return running.pop(process), os.waitstatus_to_exitcode(status)


def _start(mutant: Mutant | None, tests: Sequence[str]) -> int:
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        code = _test(mutant, tests)
    finally:
        os._exit(code)


def _test(mutant: Mutant | None, tests: Sequence[str]) -> int:
    signal.alarm(SECONDS)  # a fault that runs for ever is found by it
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    setattr(builtins, STAND_IN, rounded_otherwise)
    if mutant is not None:
        code = compile(mutant.source, f"mutant of {mutant.module}", "exec")
        sys.meta_path.insert(0, MutantLoader(mutant.module, code))
    return int(pytest.main([*QUIET, *ALONE, *tests]))
