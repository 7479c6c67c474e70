"""The commands `simulate` and `risk` print their tables, the same for the same seed."""

import pytest

from pricing.__main__ import main


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_prints_the_four_policies(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("simulate", "--runs", "2", "--years", "2", "--seed", "5")

    table = printed(capsys, *asked)

    assert table == printed(capsys, *asked)
    title, heading, *policies = table.splitlines()
    assert "2 times 2 years, seed 5, €188,609 a year" in title
    assert "wobble" in heading
    assert [line.split("  ")[0] for line in policies] == [
        "do nothing",
        "last month's error, gain 0.3, bounded",
        "last month's error, gain 1.5, no bound",
        "re-solve, bounded, dead band",
    ]


def test_prints_the_margins_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "risk", "--runs", "10", "--language", "fr").splitlines()

    assert lines[1].split() == ["marge", "P(déficit)", "écart", "type"]
    assert [line.split()[0] for line in lines[2:]] == ["0", "1", "2", "3", "5", "8"]


def test_simulates_the_curve_of_the_house_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    table = printed(
        capsys, "simulate", "--runs", "1", "--years", "2", "--curve", "affine", "--language", "fr"
    )

    assert "ne rien faire" in table
    assert "3,0 %" in table


@pytest.mark.parametrize("runs", ["0", "-1", "many", "99999999999", "١", "1.5", ""])
@pytest.mark.parametrize("command", ["simulate", "risk"])
def test_refuses_a_number_that_is_none(capsys: pytest.CaptureFixture[str], command: str, runs: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, f"--runs={runs}"])

    assert stopped.value.code == 2
    assert "a number from 1 to" in capsys.readouterr().err
