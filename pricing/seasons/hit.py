"""The season of a night, and why: the rule that won, and those that would have taken the night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pricing.seasons.rule import SeasonRule
from pricing.seasons.season import Season

RATHER_THAN = {"fr": "{reason}, plutôt que {others}", "en": "{reason}, rather than {others}"}
OR = {"fr": " ou ", "en": " or "}


@dataclass(frozen=True, slots=True)
class SeasonHit:
    """Say which season a night is in: factor, code, and by language its names and the reason.

    `rule` is the code of the rule that won, None in the base season, which needs no reason. `losers` are what
    the night would have been without it, the next in line first; they have no losers of their own.
    """

    factor: Fraction
    code: str
    names: Mapping[str, str]
    reasons: Mapping[str, str]
    rule: str | None = None
    losers: tuple["SeasonHit", ...] = ()

    @classmethod
    def of(cls, season: Season, rule: SeasonRule, losers: tuple["SeasonHit", ...] = ()) -> "SeasonHit":
        """Make the hit of a rule."""
        return cls(season.factor, season.code, season.names, rule.reasons, rule.code, losers)

    def reason(self, language: str) -> str:
        """Say why, and rather than what where another season was beaten; empty in the base season."""
        return because((self,), language)


def because(hits: Sequence[SeasonHit], language: str) -> str:
    """Say why the nights of one season are in it, each reason once, and rather than what."""
    reasons = dict.fromkeys(hit.reasons[language] for hit in hits if hit.rule)
    beaten = (loser for hit in hits for loser in hit.losers if loser.code != hit.code)
    others = dict.fromkeys(loser.reasons[language] for loser in beaten)
    if not others:
        return ", ".join(reasons)
    return RATHER_THAN[language].format(reason=", ".join(reasons), others=OR[language].join(others))
