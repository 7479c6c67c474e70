"""Luck: how many guests come in a month, from which brackets, and what they give more or less than asked."""

import math
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from pricing.simulation.months import Month


@dataclass(frozen=True, slots=True)
class Noise:
    """Hold standard deviations as fractions: of a whole year's nights, of each month's, of voluntary amounts.

    So many guests (`giving`, a fraction) pay `deviation` more than their rung, and as many so much less. They
    come for `stay_nights` together, so a month holds fewer guests than nights.
    """

    year: float = 0.0
    month: float = 0.1
    giving: float = 0.2
    deviation: float = 0.15
    stay_nights: int = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a month as it came: the nights of each bracket, and what voluntary amounts multiply the income by."""

    counts: tuple[int, ...]
    goodwill: float


def draw_month(luck: Random, month: Month, noise: Noise, year_factor: float = 1.0) -> Drawn:
    """Draw a month; as many draws are made whatever the prices are, so that policies meet the same guests."""
    expected = month.expected * year_factor * (1 + luck.gauss(0, noise.month))
    stays = max(0, round(expected / noise.stay_nights))
    brackets = range(len(month.nights))
    came = luck.choices(brackets, cum_weights=list(accumulate(month.nights)), k=stays)
    spread = noise.deviation * math.sqrt(2 * noise.giving / stays) if stays else 0.0
    counts = tuple(came.count(bracket) * noise.stay_nights for bracket in brackets)
    return Drawn(counts, 1 + luck.gauss(0, spread))
