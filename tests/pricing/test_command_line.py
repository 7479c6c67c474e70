"""The command line answers, or says in one line what was wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

import pricing
from pricing.__main__ import main
from pricing.grid import example_house
from pricing.stored import load_quote

ALONE = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("pricing", run_name="__main__", alter_sys=True)
"""
STAY = ["quote", "--arrival", "2027-07-02", "--departure", "2027-07-05"]
TOGETHER = ["--sleep", "family=1:2+4,6/2:1", "--sleep-beyond", "single=2:1"]


def test_prints_the_ladder_and_the_account_of_a_family_stay(capsys: pytest.CaptureFixture[str]) -> None:
    family = ["--adults", "2", "--children", "4,6", "--room", "family", "--bracket", "4", "--language", "fr"]

    assert main([*STAY, *family]) == 0

    lines = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    chosen = [line for line in lines if "<- choisi" in line]
    assert len(chosen) == 1
    assert chosen[0].split()[:3] == ["4", "252", "€"]  # 3 x 84: 33.10 x 1.04796 x 2.1 x 1.15 = 83.77
    assert any(line.endswith("224,70 €") and line.startswith("coût réel") for line in lines)
    assert any(line.startswith("12 € par nuit") for line in lines)
    assert "Vous dormez ici 3 nuits. Chaque nuit vous coûte 84 € : 252 € en tout." in lines[-2]


def test_prices_a_grid_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "grid.toml"
    file.write_text(example_house().dumps().replace('floor = "12"', 'floor = "13"'), encoding="utf-8")

    assert main([*STAY, "--grid", str(file), "--amount", "45.50"]) == 0
    assert "45.50" in capsys.readouterr().out


def test_quotes_two_households_that_share_a_room(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*STAY, *TOGETHER, "--choices", "4,1", "--today", "2027-06-01"]) == 0

    said = capsys.readouterr().out
    first, _, second = said.partition("Household 2")
    assert first.startswith("Household 1")
    assert "<- chosen" in first
    assert "Room 2 is one more than you need: it adds €6 a night." in second
    assert "room 1 is shared by 2 households" in second.lower()
    assert said.count("honoured until Tuesday 8 June") == 2
    assert said.splitlines()[-1] == "In all: €327"  # 3 x 84, and 3 x (14 + 11): 12 x 0.5 x 0.9 + 6 = 11.40


def test_tells_who_else_pays(capsys: pytest.CaptureFixture[str]) -> None:
    aids = ["--ancv", "young_with_status:22", "--employer", "0.5:20", "--voucher", "3"]

    assert main([*STAY, "--bracket", "4", *aids]) == 0

    said = capsys.readouterr().out
    assert [line.split()[-1] for line in said.splitlines() if "\N{MINUS SIGN}" in line] == [
        "\N{MINUS SIGN}€55"
    ]
    assert "Others pay €55 for you: €50 is left for you to pay." in said


def test_prints_each_quote_as_it_is_stored(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*STAY, *TOGETHER, "--json"]) == 0

    stored = [load_quote(line, example_house()) for line in capsys.readouterr().out.splitlines()]
    assert [priced.household.size for priced in stored] == [4, 2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*STAY, "--amount", "1"], "the least that is taken"),
        ([*STAY, "--amount", "12,50"], "not a plain amount"),
        ([*STAY, "--bracket", "9"], "no bracket 9"),
        ([*STAY, "--room", "castle"], "castle"),
        ([*STAY, "--adults", "0"], "people travel together"),
        ([*STAY, "--children", "40"], "0 to 17 years"),
        ([*STAY, "--grid", "/nowhere/grid.toml"], "No such file"),
        (["quote", "--arrival", "2027-07-02", "--departure", "2027-07-02"], "no night"),
        (["quote", "--arrival", "2030-07-02", "--departure", "2030-07-03"], "no rate"),
        ([*STAY, *TOGETHER, "--choices", "1"], "2 households choose"),
        ([*STAY, *TOGETHER, "--bracket", "1"], "--choices"),
        ([*STAY, *TOGETHER, "--voucher", "10"], "one household at a time"),
        ([*STAY, *TOGETHER, "--residents", "3"], "number 3"),
        ([*STAY, "--sleep", "double=2:1"], "numbered 1"),
        ([*STAY, "--ancv", "nice:22"], "opens no right"),
        ([*STAY, "--ancv", "young_with_status:26"], "18 to 25"),
        ([*STAY, "--employer", "0"], "part of a price"),
        ([*STAY, "--employer", "0.5:1.2.3"], "not a plain amount"),
        ([*STAY, "--voucher", "ten"], "not a plain amount"),
    ],
)
def test_says_why_a_stay_has_no_price(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1

    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["quote"],
        ["quote", "--arrival", "2027-02-30", "--departure", "2027-03-03"],
        [*STAY, "--children", "four"],
        [*STAY, "--bracket", "1", "--amount", "50"],
        [*STAY, "--language", "nl"],
        [*STAY, "--sleep", "double"],
        [*STAY, "--sleep", "double=1"],
        [*STAY, "--sleep", "double=1:2+"],
        [*STAY, "--sleep", "double=1:1/1:1"],
        [*STAY, "--choices", "4;1"],
        [*STAY, "--residents", "one"],
        [*STAY, "--employer", "half"],
        [*STAY, "--ancv", "young_with_status"],
        [*STAY, "--today", "tomorrow"],
    ],
)
def test_refuses_a_question_that_cannot_be_read(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)

    assert stop.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_runs_alone_from_a_copy_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "pricing").symlink_to(Path(pricing.__file__).parent)

    command = [sys.executable, "-I", "-S", "-c", ALONE, str(tmp_path), *STAY]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stderr) == (0, "")
    assert "real cost" in run.stdout
