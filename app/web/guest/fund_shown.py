"""The fund as everybody may see it: sums over periods that are over, none that would give a stay away (decision 15)."""

from __future__ import annotations

from dataclasses import dataclass

from babel.dates import format_date
from flask_babel import gettext as _

from app.services import fund
from app.web.filters import LOCALES
from app.web.guest.door import house, today
from pricing.fund import PublicSums
from pricing.periods import Period, Span

MOST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class FundRow:
    """A period that is over, and its sums; nothing where too few people stayed."""

    period: str
    sums: PublicSums | None


def show_fund(language: str) -> tuple[FundRow, ...]:
    """Return the years and the months in which anything happened, the latest first; nothing before one is told."""
    told = [
        each
        for each in fund.published(house(), today())
        if each.period.span != Span.QUARTER and not _is_empty(each.sums)
    ]
    latest = sorted(told, key=lambda each: (each.period.end, each.period.span == Span.YEAR), reverse=True)
    rows = tuple(FundRow(_words(each.period, language), each.sums) for each in latest[:MOST_SHOWN])
    return rows if any(row.sums for row in rows) else ()


def _is_empty(sums: PublicSums | None) -> bool:
    return sums is not None and not (
        sums.at_or_above_cost or sums.supported or sums.given.minor or sums.grants.minor
    )


def _words(period: Period, language: str) -> str:
    if period.span == Span.YEAR:
        return _("the year %(year)s", year=period.year)
    return format_date(period.start, "LLLL yyyy", locale=LOCALES[language])
