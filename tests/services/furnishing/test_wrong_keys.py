"""A file that cannot be a house is refused, and the key that is wrong is named."""

from __future__ import annotations

import pytest
from flask import Flask

from app.database import session
from app.models import GridVersion, Property, Room
from app.services import furnishing
from tests.services.furnishing.plans import (
    Write,
    count,
    furnish,
)


def test_says_in_the_shell_which_key_is_wrong(empty_house: Property, app: Flask, written: Write) -> None:
    session.commit()
    file = written(("sleeps = 2", "sleeps = 0"))

    result = app.test_cli_runner().invoke(args=["house", "furnish", str(file), "--house", "chez-nous"])

    assert result.exit_code == 1
    assert "types[2].sleeps" in result.output
    assert count(Room, empty_house) == 0


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('form = "house/1"', 'form = "house/9"', "form:"),
        ('form = "house/1"', "form = ", "house.toml:"),
        ("[hours]", "[ours]", "hours:"),
        ('check_in_from = "15:00"', 'check_in_from = "3 pm"', "hours.check_in_from:"),
        ('check_in_from = "15:00"', 'check_in_from = "25:00"', "hours.check_in_from:"),
        ('check_in_from = "15:00"', "check_in_from = 15:00:00", "hours.check_in_from:"),
        ('check_in_until = "20:00"', 'check_in_until = "14:00"', "hours.check_in_until:"),
        ('check_out_until = "11:00"', 'check_out_until = "15:30"', "hours.check_out_until:"),
        ('desk_closes = "20:00"', 'desk_closes = "09:00"', "hours.desk_closes:"),
        ("free_cancellation_days = 2", "free_cancellation_days = -1", "stays.free_cancellation_days:"),
        ("free_cancellation_days = 2", "free_cancellation_days = true", "stays.free_cancellation_days:"),
        ("most_nights_of_a_stay = 60", "most_nights_of_a_stay = 61", "stays.most_nights_of_a_stay:"),
        ("most_nights_of_a_stay = 60", "most_nights_of_a_stay = 0", "stays.most_nights_of_a_stay:"),
        ("[stays]", "[stays]\nwake_up_call = true", "stays.wake_up_call:"),
        ("grid.toml", "nowhere.toml", "grid.file:"),
        ("grid.toml", "house.toml", "grid.file:"),
        ('author = "The board of the association"', 'author = " "', "grid.author:"),
        ("General assembly", "x" * 120, "grid.vote_reference:"),
        ('code = "double"', 'code = "Double bed"', "types[2].code:"),
        ('code = "double"', 'code = "attic"', "types[2].code:"),
        ('code = "double"', 'code = "single"', "types[2].code:"),
        ('fr = "Chambre double", ', "", "types[2].names.fr:"),
        ('en = "A large bed, a window on the square."', 'en = ""', "types[2].descriptions.en:"),
        ("cots = 1", "cots = -1", "types[3].cots:"),
        ("instant = true", 'instant = "yes"', "types[2].instant:"),
        ('rooms = ["Chambre 6"]', "rooms = []", "types[3].rooms:"),
        ('rooms = ["Chambre 6"]', "rooms = [6]", "types[3].rooms[1]:"),
        ('rooms = ["Chambre 6"]', 'rooms = ["Chambre 6", ""]', "types[3].rooms[2]:"),
        ('rooms = ["Chambre 6"]', 'rooms = ["Chambre 3"]', "types[3].rooms[1]:"),
        ("facts.door_width_cm", "facts.door_width", "types[3].facts.door_width:"),
        ("facts.floor_area = 20", "facts.floor_area = 0", "types[3].facts.floor_area:"),
        ("facts.is_step_free = true", "facts.is_step_free = 1", "types[3].facts.is_step_free:"),
        ('rate = "0.04"', 'rate = "4"', "tourist_tax.rate:"),
        ('rate = "0.04"', "rate = 0.04", "tourist_tax.rate:"),
        ('rate = "0.04"', 'rate = "0.0400001"', "tourist_tax.rate:"),
        ('cap = "2.50"', 'cap = "-2.50"', "tourist_tax.cap:"),
        ('fraction = "0.10"', 'fraction = "10"', "tourist_tax.surcharges[1].fraction:"),
        ('"per_component"', '"upwards"', "tourist_tax.rounding:"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01T00:00:00", "tourist_tax.valid_from:"),
        ('source = "An example: the', 'source = "" # ', "tourist_tax.source:"),
    ],
)
def test_says_which_key_of_its_file_is_wrong(
    empty_house: Property, written: Write, old: str, new: str, path: str
) -> None:
    with pytest.raises(furnishing.PlanInvalid) as refusal:
        furnish(empty_house, written((old, new)))

    assert str(refusal.value).startswith(path)
    assert (count(Room, empty_house), count(GridVersion, empty_house), empty_house.horizon) == (0, 0, None)


def test_says_where_its_grid_is_wrong(written: Write) -> None:
    with pytest.raises(furnishing.PlanInvalid, match=r"^grid\.file: in this grid, brackets\[2\]"):
        furnishing.read_plan(written(grid=(('below = "650"', 'below = "640"'),)))
