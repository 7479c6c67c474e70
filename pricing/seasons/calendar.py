"""The calendar of seasons: which one a night is in, and why; up to the horizon each night has exactly one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pricing.document import under
from pricing.refusal import GridInvalid, Refusal
from pricing.seasons.almanac import Almanac
from pricing.seasons.hit import SeasonHit
from pricing.seasons.nights import Nights
from pricing.seasons.rule import SeasonRule
from pricing.seasons.season import Season

LONGEST_CALENDAR_DAYS = 366 * 10
MOST_RULES = 200
RUNS_TOLD = 8


class NoRateForNight(Refusal):
    """Say that a night has no dated season: nothing is invented beyond the horizon (decision 5)."""

    def __init__(self, night: date, first_night: date, horizon: date) -> None:
        super().__init__(f"the night of {night} has no rate: this grid prices {first_night} to {horizon}")
        self.night = night
        self.first_night = first_night
        self.horizon = horizon


@dataclass(frozen=True)
class SeasonCalendar:
    """Hold the seasons, and the rules that decide between them night by night.

    Of the rules that take a night the one of highest priority wins, then the one that takes fewer nights of
    the calendar, then the one that stands first. A night that none takes is in the season `base`; without a
    base every night must be taken. `first_night` and `horizon` are the first and the last night that are
    priced, both included.

    Raises: GridInvalid for an unknown season, event or zone, an impossible order of dates, school holidays
    that are not known up to the horizon, and nights without a season.
    """

    seasons: tuple[Season, ...]
    base: str | None
    rules: tuple[SeasonRule, ...]
    first_night: date
    horizon: date
    almanac: Almanac = field(default_factory=Almanac)
    _hits: Mapping[date, SeasonHit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_codes("season_twice", "seasons", [season.code for season in self.seasons])
        _check_codes("rule_twice", "calendar.rules", [rule.code for rule in self.rules])
        self._check_seasons()
        if len(self.rules) > MOST_RULES:
            raise GridInvalid(
                "too_many_rules", "calendar.rules", f"a calendar has at most {MOST_RULES} rules"
            )
        self._check_dates()
        object.__setattr__(self, "_hits", dict(self._every_night()))

    def hit(self, night: date) -> SeasonHit:
        """Return the season of a night. Raises: NoRateForNight outside the calendar."""
        try:
            return self._hits[night]
        except KeyError:
            raise NoRateForNight(night, self.first_night, self.horizon) from None

    @cached_property
    def nights_by_season(self) -> Mapping[str, int]:
        """Count the nights of the calendar in each season, in the order of the seasons."""
        counted = Counter(hit.code for hit in self._hits.values())
        return {season.code: counted[season.code] for season in self.seasons}

    @property
    def usual_season(self) -> Season:
        """Return the base season or, without one, the season of most nights: for pages that speak of no date."""
        counted = self.nights_by_season
        usual = self.base or max(counted, key=counted.__getitem__)
        return self._season(usual)

    def _season(self, code: str) -> Season:
        return next(season for season in self.seasons if season.code == code)

    def _check_seasons(self) -> None:
        places = [("calendar.base", self.base)] if self.base is not None else []
        places += [(f"calendar.rules[{n}].season", rule.season) for n, rule in enumerate(self.rules, 1)]
        for path, code in places:
            if all(season.code != code for season in self.seasons):
                raise GridInvalid("unknown_season", path, f"there is no season {code!r}")

    def _check_dates(self) -> None:
        if not 0 <= (self.horizon - self.first_night).days < LONGEST_CALENDAR_DAYS:
            raise GridInvalid(
                "horizon", "calendar.horizon", "the horizon is 0 to 10 years after the first night"
            )
        known = self.almanac.school_holidays
        if known and not (known.known_from <= self.first_night and self.horizon < known.known_until):
            raise GridInvalid(
                "school_holidays_unknown",
                "calendar.horizon",
                f"school holidays are known for {known.known_from} up to, not including, {known.known_until}",
            )

    def _every_night(self) -> Iterator[tuple[date, SeasonHit]]:
        nights = Nights(self.first_night, self.horizon, self.almanac)
        ranked = self._ranked(nights)
        alone = [SeasonHit.of(self._season(rule.season), rule) for rule, _ in ranked]
        for places, together in _taken_alike(nights, [taken for _, taken in ranked]):
            if places:
                rule, losers = ranked[places[0]][0], tuple(alone[place] for place in places[1:])
                hit = SeasonHit.of(self._season(rule.season), rule, losers)
            else:
                hit = self._without_rule(nights, together)
            yield from ((night, hit) for night in nights.dates(together))

    def _ranked(self, nights: Nights) -> list[tuple[SeasonRule, int]]:
        """Return the rules with the nights they take, the one that wins against all others first."""
        taken = []
        for number, rule in enumerate(self.rules, 1):
            with under(f"calendar.rules[{number}].nights"):
                taken.append((rule, rule.selector.take(nights)))
        return sorted(taken, key=lambda pair: (-pair[0].priority, pair[1].bit_count()))

    def _without_rule(self, nights: Nights, left: int) -> SeasonHit:
        if self.base is not None:
            season = self._season(self.base)
            return SeasonHit(season.factor, season.code, season.names, {})
        runs = nights.runs(left)
        told = ", ".join(f"{first} to {last}" for first, last in runs[:RUNS_TOLD])
        more = f" and {len(runs) - RUNS_TOLD} times more" if len(runs) > RUNS_TOLD else ""
        raise GridInvalid("nights_without_season", "calendar.rules", f"no rule takes {told}{more}")


def _taken_alike(nights: Nights, taken: list[int]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Part all nights by which rules take them: every night is in exactly one part."""
    parts: dict[tuple[int, ...], int] = {(): nights.every}
    for place, inside in enumerate(taken):
        split = [
            ((*places, place) if is_in else places, part & (inside if is_in else ~inside))
            for places, part in parts.items()
            for is_in in (True, False)
        ]
        parts = {places: part for places, part in split if part}
    yield from parts.items()


def _check_codes(fault: str, path: str, codes: list[str]) -> None:
    if len(set(codes)) != len(codes):
        raise GridInvalid(fault, path, "two have the same code")
