"""Residents: people whom a dear season never touches, by a criterion that is posted for all to see (spec 5.10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.refusal import Refusal


class NoResidentRule(Refusal):
    """Say that a grid knows no residents: a night costs everybody the same in a season."""


@dataclass(frozen=True, slots=True)
class ResidentRule:
    """Hold who is meant, by language ("les gens du quartier"), as it is said after "nothing more for"."""

    who: Mapping[str, str]
