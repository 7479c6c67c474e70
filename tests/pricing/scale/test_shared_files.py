"""The official French scales pass to the cent, and files that must be refused are, with code and path."""

import json
from pathlib import Path

import pytest

from pricing.__main__ import main
from pricing.scale import Scale
from tests.pricing.scale.drafts import faults_of

FOLDER = Path(__file__).parent / "files"
SCALES = sorted(FOLDER.glob("*.json"))
INVALID = sorted((FOLDER / "invalid").glob("*.json"))
EXAMPLES = [
    (file, index) for file in SCALES for index in range(len(json.loads(file.read_bytes())["examples"]))
]


@pytest.mark.parametrize(("file", "index"), EXAMPLES, ids=lambda value: getattr(value, "stem", str(value)))
def test_answers_every_example_of_the_shared_scales(file: Path, index: int) -> None:
    scale = Scale.loads(file.read_bytes())
    example = scale.examples[index]

    assert example.compare(lambda values: scale.price(values).lines) is None


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_refuses_what_the_shared_files_get_wrong(file: Path) -> None:
    document = json.loads(file.read_bytes())
    expected = document["expect_error"]

    assert faults_of(document)[0] == (expected["code"], expected["at"])


def test_knows_every_shared_file() -> None:
    assert (len(SCALES), len(EXAMPLES), len(INVALID)) == (16, 224, 14)


def test_counts_the_examples_of_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *map(str, SCALES)]) == 0

    assert capsys.readouterr().out == "224 passed, 0 failed\n"
