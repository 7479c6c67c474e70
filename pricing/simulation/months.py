"""The twelve months of a year: how many nights each bracket is expected to spend in each, and what they weigh."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from pricing.balance.forecast import Forecast, ForecastInvalid
from pricing.grid import Grid

DAYS = 365


@dataclass(frozen=True, slots=True)
class Month:
    """Hold for each bracket, lowest first, the expected room nights and the unit prices that one of them pays."""

    nights: tuple[float, ...]
    units: tuple[float, ...]

    @property
    def expected(self) -> float:
        """Return the nights of the month."""
        return sum(self.nights)

    def income(self, counts: tuple[int, ...], prices: tuple[float, ...]) -> float:
        """Return what so many nights of each bracket bring at these unit prices, nothing given or held back."""
        return sum(
            count * units * price for count, units, price in zip(counts, self.units, prices, strict=True)
        )


def months_of(grid: Grid, forecast: Forecast) -> tuple[Month, ...]:
    """Spread a forecast over the first year of the grid's calendar, each season over its own nights.

    Raises: ForecastInvalid when the calendar is shorter, or has no night of a season in which some are expected.
    """
    first = grid.calendar.first_night
    if (grid.calendar.horizon - first).days + 1 < DAYS:
        raise ForecastInvalid("a year is simulated only where the calendar holds one")
    nights = [first + timedelta(days=day) for day in range(DAYS)]
    by_month = Counter((grid.calendar.hit(night).code, night.month) for night in nights)
    by_season = Counter(grid.calendar.hit(night).code for night in nights)
    order = dict.fromkeys(night.month for night in nights)
    return tuple(_month(grid, forecast, by_season, by_month, month) for month in order)


def _month(
    grid: Grid,
    forecast: Forecast,
    by_season: Counter[str],
    by_month: Counter[tuple[str, int]],
    month: int,
) -> Month:
    factors = {season.code: season.factor for season in grid.calendar.seasons}
    nights, paid = [0.0] * len(grid.brackets), [0.0] * len(grid.brackets)
    for cell in forecast.expected:
        if cell.nights and not by_season[cell.season]:
            raise ForecastInvalid(f"the first year of the calendar has no night of season {cell.season!r}")
        if by_month[cell.season, month]:
            share = by_month[cell.season, month] / by_season[cell.season]
            felt = grid.protection.season_factor(factors[cell.season], grid.brackets[cell.bracket - 1].point)
            nights[cell.bracket - 1] += share * float(cell.nights)
            paid[cell.bracket - 1] += share * float(cell.nights * cell.weight * felt)
    units = (money / many if many else 0.0 for money, many in zip(paid, nights, strict=True))
    return Month(tuple(nights), tuple(units))
