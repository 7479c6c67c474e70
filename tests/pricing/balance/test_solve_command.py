"""The command `solve` prints golden digits, levers and the floor, and takes a grid and a forecast of one's own."""

from pathlib import Path

import pytest

from pricing.__main__ import main
from pricing.balance.storage import dumps
from tests.pricing.balance.years import FORECAST, GRID


def test_prints_the_slope_to_twelve_digits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "--target", "150000"]) == 0

    slope, prices, solution, worth = capsys.readouterr().out.splitlines()
    assert slope == "slope: 0.020852632984"
    assert prices.endswith(": 12.0000, 15.1279, 21.7799, 29.5996, 38.5558, 49.5035, 62.9326, 82.0000")
    assert solution.startswith("A slope of €2.09")
    assert worth.startswith("A grant of €1,000")


@pytest.mark.parametrize(
    ("target", "said"), [("300000", "un plafond de"), ("40000", "le plancher peut descendre")]
)
def test_says_in_french_what_stands_in_the_way(
    capsys: pytest.CaptureFixture[str], target: str, said: str
) -> None:
    assert main(["solve", "--target", target, "--language", "fr"]) == 1

    assert said in capsys.readouterr().out


def test_solves_for_a_house_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    grid, forecast = tmp_path / "grid.toml", tmp_path / "year.json"
    grid.write_text(GRID.dumps(), encoding="utf-8")
    forecast.write_text(dumps(FORECAST), encoding="utf-8")

    assert main(["solve", "--target", "200000", "--grid", str(grid), "--forecast", str(forecast)]) == 0

    assert "0.035307589442" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [("--target", "much"), ("--target", "100", "--forecast", "nowhere.json")]
)
def test_says_what_it_cannot_use(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert main(["solve", *arguments]) == 1

    assert capsys.readouterr().err.strip()
