"""The numbers of the hand-out: what a night asks of each household, before and after, by standard of living."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.availability import TypeCard
from app.web.drawings.portrait import PriceCell, bracket_words, dues_before, night_dues
from app.web.office.efforts import rooms_by_household
from pricing.explain import explain_rule
from pricing.grid import Grid
from pricing.review import HOUSEHOLDS
from pricing.review.phrases import HOUSEHOLDS as HOUSEHOLD_WORDS

SHOWN = ("one", "one_and_child", "two", "two_and_child", "two_and_children")


@dataclass(frozen=True, slots=True)
class HandOut:
    """Both rules in words; a column for each household, a row for each bracket; in which season the nights are."""

    old_rule: str
    new_rule: str
    season: str
    households: tuple[str, ...]
    rows: tuple[tuple[str, tuple[PriceCell, ...]], ...]


def hand_out(old: Grid, new: Grid, cards: Sequence[TypeCard], language: str) -> HandOut:
    """Return the page: one night of the usual season, in the smallest room that holds the household."""
    rooms = rooms_by_household(new, cards)
    season = new.calendar.usual_season
    names = [name for name in SHOWN if name in rooms]
    columns = [
        tuple(
            PriceCell(amount, None if was == amount else was)
            for amount, was in zip(
                night_dues(new, season, HOUSEHOLDS[name], rooms[name]),
                dues_before(new, season, HOUSEHOLDS[name], rooms[name], old),
                strict=True,
            )
        )
        for name in names
    ]
    brackets = bracket_words(new, language)
    return HandOut(
        old_rule=explain_rule(old, language),
        new_rule=explain_rule(new, language),
        season=season.names[language],
        households=tuple(HOUSEHOLD_WORDS[language][name] for name in names),
        rows=tuple(
            (bracket.incomes, tuple(column[place] for column in columns))
            for place, bracket in enumerate(brackets)
        ),
    )
