"""The package stands alone, says everything in both languages, and its front door tells the truth."""

import ast
import doctest
import importlib
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import calendars
from calendars import words

FOLDER = Path(calendars.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
FACTS = dict.fromkeys(
    ("event", "limit", "status", "count", "lost", "known", "start", "end", "hours", "fault"), 7
)


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(FOLDER.parent).with_suffix("").parts).removesuffix(".__init__")


def nodes(module: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def imported(module: Path) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_leans_on_icalendar_only(module: Path) -> None:
    assert set(imported(module)) <= sys.stdlib_module_names | {"calendars", "icalendar"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_reads_no_clock_outside_the_command_line(module: Path) -> None:
    called = {
        f"{node.value.id}.{node.attr}"
        for node in nodes(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }

    clocks = {
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "date.today",
        "time.time",
        "os.environ",
        "os.getenv",
    }
    assert module.name == "__main__.py" or not called & clocks


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_shows_examples_that_run(module: Path) -> None:
    assert doctest.testmod(importlib.import_module(name_of(module))).failed == 0


def test_has_a_front_door_that_tells_the_truth() -> None:
    result = doctest.testfile(str(FOLDER / "README.md"), module_relative=False, encoding="utf-8")

    assert (result.failed, result.attempted > 5) == (0, True)


@pytest.mark.parametrize("code", sorted(words.codes()))
def test_says_everything_in_english_and_in_french(code: str) -> None:
    english, french = words.say(code, "en", **FACTS), words.say(code, "fr", **FACTS)

    assert english != french
    assert english[-1] == french[-1] == "."
    assert not any(f" {mark}" in french for mark in ":;?!")  # French spaces before these do not break


def test_has_words_for_every_code_that_it_uses() -> None:
    said = {
        str(node.args[0].value)
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if getattr(node.func, "id", getattr(node.func, "attr", "")).endswith(
            ("say", "_remark", "Refused", "Failed", "NotACalendar", "_failure", "Alert")
        )
    }

    assert said
    assert said <= words.codes()


def test_uses_no_fact_that_nobody_gives() -> None:
    for english, french in words._SENTENCES.values():
        for text in (english, french):
            assert {field for _, field, _, _ in string.Formatter().parse(text) if field} <= FACTS.keys()
