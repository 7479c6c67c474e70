"""The command line answers, or says in one line what was wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

import pricing
from pricing.__main__ import main
from pricing.grid import example_house

ALONE = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("pricing", run_name="__main__", alter_sys=True)
"""
STAY = ["quote", "--arrival", "2027-07-02", "--departure", "2027-07-05"]


def test_prints_the_ladder_and_the_account_of_a_family_stay(capsys: pytest.CaptureFixture[str]) -> None:
    family = ["--adults", "2", "--children", "4,6", "--room", "family", "--bracket", "4", "--language", "fr"]

    assert main([*STAY, *family]) == 0

    lines = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    chosen = [line for line in lines if "<- choisi" in line]
    assert len(chosen) == 1
    assert chosen[0].split()[:3] == ["4", "252", "€"]  # 3 x 84: 33.10 x 1.04796 x 2.1 x 1.15 = 83.77
    assert any(line.endswith("224,70 €") and line.startswith("coût réel") for line in lines)
    assert lines[-1].startswith("12 € par nuit")


def test_prices_a_grid_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "grid.toml"
    file.write_text(example_house().dumps().replace('floor = "12"', 'floor = "13"'), encoding="utf-8")

    assert main([*STAY, "--grid", str(file), "--amount", "45.50"]) == 0
    assert "45.50" in capsys.readouterr().out


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
