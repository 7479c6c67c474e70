"""The calendar of seasons: which one a night is in, and why; up to the horizon each night has exactly one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from pricing.refusal import GridInvalid, Refusal
from pricing.season_rules import Season, SeasonRule

LONGEST_CALENDAR_DAYS = 366 * 10


class NoRateForNight(Refusal):
    """Say that a night has no dated season: nothing is invented beyond the horizon (decision 5)."""

    def __init__(self, night: date, first_night: date, horizon: date) -> None:
        super().__init__(f"the night of {night} has no rate: this grid prices {first_night} to {horizon}")
        self.night = night
        self.first_night = first_night
        self.horizon = horizon


@dataclass(frozen=True, slots=True)
class SeasonHit:
    """Say which season a night is in: factor, code, and by language its names and the reason."""

    factor: Fraction
    code: str
    names: Mapping[str, str]
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class SeasonCalendar:
    """Hold the rules in order: the first that takes a night gives its season, else the base season.

    `first_night` and `horizon` are the first and the last night that are priced, both included.

    Raises: GridInvalid for an unknown season or an impossible order of dates.
    """

    seasons: tuple[Season, ...]
    base: str
    rules: tuple[SeasonRule, ...]
    public_holidays: frozenset[date]
    first_night: date
    horizon: date
    _hits: Mapping[date, SeasonHit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = [season.code for season in self.seasons]
        if len(set(codes)) != len(codes):
            raise GridInvalid("season_twice", "seasons", "two seasons have the same code")
        for code in (self.base, *(rule.season for rule in self.rules)):
            if code not in codes:
                raise GridInvalid("unknown_season", "calendar", f"there is no season {code!r}")
        if not 0 <= (self.horizon - self.first_night).days < LONGEST_CALENDAR_DAYS:
            raise GridInvalid(
                "horizon", "calendar.horizon", "the horizon is 0 to 10 years after the first night"
            )
        object.__setattr__(self, "_hits", self._every_night())

    def hit(self, night: date) -> SeasonHit:
        """Return the season of a night. Raises: NoRateForNight outside the calendar."""
        try:
            return self._hits[night]
        except KeyError:
            raise NoRateForNight(night, self.first_night, self.horizon) from None

    def _every_night(self) -> dict[date, SeasonHit]:
        seasons = {season.code: season for season in self.seasons}
        by_rule = [_hit(seasons[rule.season], rule.reasons) for rule in self.rules]
        otherwise = _hit(seasons[self.base], {})
        days = range(self.first_night.toordinal(), self.horizon.toordinal() + 1)
        return {night: self._decide(night, by_rule, otherwise) for night in map(date.fromordinal, days)}

    def _decide(self, night: date, by_rule: list[SeasonHit], otherwise: SeasonHit) -> SeasonHit:
        for rule, hit in zip(self.rules, by_rule, strict=True):
            if rule.takes(night, self.public_holidays):
                return hit
        return otherwise


def _hit(season: Season, reasons: Mapping[str, str]) -> SeasonHit:
    return SeasonHit(season.factor, season.code, season.names, reasons)
