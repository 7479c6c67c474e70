"""The package stands alone: standard library only, no binary fraction, no clock, and words that run."""

import ast
import doctest
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pricing

FOLDER = Path(pricing.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
ESTIMATES = sorted((FOLDER / "simulation").glob("*.py"))  # invented years: they make no price
PRICE_PATH = [module for module in MODULES if module not in ESTIMATES]


def name_of(module: Path) -> str:
    parts = module.relative_to(FOLDER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def nodes(module: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def imported(module: Path) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_leans_on_the_standard_library_only(module: Path) -> None:
    assert set(imported(module)) <= sys.stdlib_module_names | {"pricing"}


@pytest.mark.parametrize("module", PRICE_PATH, ids=name_of)
def test_has_no_binary_fraction_in_a_price_path(module: Path) -> None:
    for node in nodes(module):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
        assert not (isinstance(node, ast.Name) and node.id in {"float", "round"})
        assert not isinstance(node, ast.Div)  # of two whole numbers it makes a float
        assert not (isinstance(node, ast.Import | ast.ImportFrom) and "math" in ast.dump(node))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_reads_no_clock_and_no_environment(module: Path) -> None:
    forbidden = {"today", "now", "utcnow", "environ", "getenv", "time"}
    assert not {node.attr for node in nodes(module) if isinstance(node, ast.Attribute)} & forbidden
    assert not set(imported(module)) & {"os", "time", "socket", "sqlite3", "urllib", "locale"}


@pytest.mark.parametrize("module", PRICE_PATH, ids=name_of)
def test_leaves_no_price_to_chance_or_to_an_estimate(module: Path) -> None:
    is_command = module.parent.name == "commands"
    assert "random" not in set(imported(module))
    assert is_command or "pricing.simulation" not in module.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_rounds_in_one_place(module: Path) -> None:
    names = {node.attr for node in nodes(module) if isinstance(node, ast.Attribute)}
    assert not names & {"quantize", "ROUND_HALF_UP", "to_integral_value"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_shows_examples_that_run(module: Path) -> None:
    assert doctest.testmod(importlib.import_module(name_of(module))).failed == 0


def test_has_a_readme_that_runs() -> None:
    result = doctest.testfile(str(FOLDER / "README.md"), module_relative=False, encoding="utf-8")

    assert result.attempted >= 10
    assert result.failed == 0
