"""A house is furnished from one file, and sells nothing before somebody has entered its tax."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select

from app.database import session
from app.models import Event, GridVersion, Property, Room, RoomType
from app.services import furnishing
from app.services.availability import search
from app.services.furnishing.reading import MEASURES, TRAITS
from app.services.rates import NoVotedTax, tax_on
from app.web.guest.facts import KNOWN
from pricing.household import Household
from tests.services.furnishing.plans import (
    NIGHT,
    NOW,
    TEMPLATE,
    TODAY,
    VOTED,
    Write,
    book,
    furnish,
)


@pytest.mark.parametrize("tax", ["missing", "invented"])
def test_sells_nothing_before_somebody_has_entered_its_tax(
    empty_house: Property, written: Write, tax: str
) -> None:
    if tax == "invented":
        furnish(empty_house, TEMPLATE)
    else:
        text = TEMPLATE.read_text(encoding="utf-8").split("[tourist_tax]")[0]
        file = written(VOTED)
        file.write_text(text.replace("../pricing/grids/example_house.toml", "grid.toml"), encoding="utf-8")
        furnish(empty_house, file)

    with pytest.raises(NoVotedTax):
        search(house=empty_house, stay=NIGHT, party=Household(2), now=NOW, today=TODAY)
    with pytest.raises(NoVotedTax):
        book(empty_house)


def test_sells_where_the_town_levies_nothing_and_says_so(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(VOTED, ('rate = "0.04"', 'rate = "0"')))

    found = search(house=empty_house, stay=NIGHT, party=Household(2), now=NOW, today=TODAY)

    assert [str(tax) for tax in found.offers[0].tax_range] == ["0.00 EUR", "0.00 EUR"]


def test_sells_as_soon_as_its_file_is_read(empty_house: Property, written: Write) -> None:
    done = furnish(empty_house, written(VOTED))

    found = search(house=empty_house, stay=NIGHT, party=Household(2), now=NOW, today=TODAY)
    booking = book(empty_house)
    assert done.added_rooms == tuple(f"Chambre {number}" for number in range(1, 7))
    assert [offer.key for offer in found.offers] == ["double", "accessible"]
    assert [offer.is_instant for offer in found.offers] == [True, False]
    assert booking.status == "confirmed"
    assert booking.rooms[0].room_id in set(
        session.scalars(select(Room.id).filter_by(property_id=empty_house.id))
    )


def test_is_furnished_from_the_shell(empty_house: Property, app: Flask) -> None:
    session.commit()
    shell = app.test_cli_runner()

    unsure = shell.invoke(args=["house", "furnish", str(TEMPLATE)])
    result = shell.invoke(args=["house", "furnish", str(TEMPLATE), "--house", "chez-nous"])

    assert (unsure.exit_code, "chez-nous|lac" in unsure.output) == (1, True)
    assert result.exit_code == 0, result.output
    assert "Added: Chambre 1, Chambre 2" in result.output
    assert "2028-08-31" in result.output


def test_keeps_the_hours_and_rules_of_its_file(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(('check_out_until = "11:00"', 'check_out_until = "10:30"')))

    version = session.scalars(select(GridVersion).filter_by(property_id=empty_house.id)).one()
    accessible = session.scalars(
        select(RoomType).filter_by(property_id=empty_house.id, code="accessible")
    ).one()
    tax = tax_on(empty_house.id, empty_house.currency, TODAY)
    assert empty_house.check_out_until == time(10, 30)
    assert empty_house.horizon == date(2028, 8, 31)
    assert (version.number, version.author) == (1, "The board of the association")
    assert (accessible.cots, accessible.facts["door_width_cm"], accessible.facts["is_step_free"]) == (
        1,
        90,
        True,
    )
    assert tax is not None
    assert (str(tax.rate), tax.cap.minor, tax.is_example) == ("1/25", 250, True)
    events = session.scalars(select(Event).filter_by(property_id=empty_house.id, verb="furnish")).all()
    assert [event.field_names for event in events] == [["grid", "rooms", "tax"]]


def test_knows_every_fact_that_its_pages_say() -> None:
    assert {*MEASURES, *TRAITS} == set(KNOWN)


def test_sells_in_its_own_currency(empty_house: Property, written: Write) -> None:
    with pytest.raises(furnishing.PlanInvalid, match=r"^grid\.file: .*CHF.*EUR"):
        furnish(empty_house, written(grid=(('currency = "EUR"', 'currency = "CHF"'),)))


def test_takes_a_file_without_tax_where_nobody_levies_one(empty_house: Property, written: Write) -> None:
    file = written(VOTED)
    file.write_text(file.read_text(encoding="utf-8").partition("[tourist_tax]")[0], encoding="utf-8")

    furnish(empty_house, file)

    assert tax_on(empty_house.id, empty_house.currency, TODAY) is None
