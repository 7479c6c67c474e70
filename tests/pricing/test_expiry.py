"""A quote is honoured for the days of its grid, and says until when; the day comes in, no clock is read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.grid import Grid, GridInvalid, example_house
from pricing.quote import QuoteExpired, RoomRequest, quote
from pricing.stay import Stay
from tests.pricing.stays import parties, stays

GRID = example_house()
STAY, COUPLE = Stay(date(2027, 4, 9), date(2027, 4, 11)), [RoomRequest("double", 2)]
MADE = date(2027, 2, 25)


def test_honours_a_quote_for_seven_days_the_last_one_included() -> None:
    priced = quote(GRID, STAY, COUPLE, today=MADE)

    assert (priced.quoted_on, priced.honoured_until) == (MADE, date(2027, 3, 4))
    assert priced.choose(bracket=3, today=date(2027, 3, 4)).amount.minor == 7200
    with pytest.raises(QuoteExpired, match="until 2027-03-04") as refusal:
        priced.choose(bracket=3, today=date(2027, 3, 5))
    assert refusal.value.honoured_until == date(2027, 3, 4)


def test_honours_it_for_as_many_days_as_the_grid_says() -> None:
    patient = Grid.loads(GRID.dumps().replace("quote_days = 7", "quote_days = 30"))

    assert quote(patient, STAY, COUPLE, today=MADE).honoured_until == MADE + timedelta(30)


@pytest.mark.parametrize("days", ["0", "367"])
def test_refuses_a_grid_whose_quotes_last_no_day_or_more_than_a_year(days: str) -> None:
    with pytest.raises(GridInvalid, match="quote_days"):
        Grid.loads(GRID.dumps().replace("quote_days = 7", f"quote_days = {days}"))


@given(stays(), parties, st.dates(date(2026, 9, 1), date(2028, 8, 31)))
def test_prices_the_same_on_whatever_day_it_is_asked(stay: Stay, party: list[RoomRequest], day: date) -> None:
    undated = quote(GRID, stay, party)

    dated = quote(GRID, stay, party, today=day)

    assert replace(dated, quoted_on=None, honoured_until=None) == undated
    assert undated.choose(today=date(9000, 1, 1)) == dated.choose(today=day)  # what is booked never expires
