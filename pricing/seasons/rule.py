"""A season rule: which nights it takes, for which season, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.refusal import GridInvalid
from pricing.seasons.selectors import Selector


@dataclass(frozen=True, slots=True)
class SeasonRule:
    """Give a season to the nights that a selector takes; of several rules the highest priority decides.

    `reasons` are by language and follow the season's name: "school holidays of zone B".
    """

    code: str
    season: str
    priority: int
    selector: Selector
    reasons: Mapping[str, str]

    def __post_init__(self) -> None:
        if self.priority < 1:
            raise GridInvalid("not_positive", "priority", "a priority is a number from 1 up")
