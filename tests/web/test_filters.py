"""The house writes amounts, dates and hours as people of each language do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from app.web import filters
from pricing.money import Money
from pricing.stay import Stay

N, T = "\u00a0", "\u202f"  # no-break space, and the narrow one between thousands


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        (Money.of("1234.50"), f"1{T}234,50{N}€", "€1,234.50"),
        (Money.of(72), f"72{N}€", "€72"),
        (Money.of("0.05"), f"0,05{N}€", "€0.05"),
        (Money.zero(), f"0{N}€", "€0"),
        (Money.of(-12), f"-12{N}€", "-€12"),
        (Money.of(1500, "JPY"), f"1{T}500{N}JPY", "JP¥1,500"),
    ],
)
def test_writes_amounts(amount: Money, french: str, english: str) -> None:
    assert filters.money(amount, "fr") == french
    assert filters.money(amount, "en") == english


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2027, 4, 9), "vendredi 9 avril 2027", "Friday 9 April 2027"),
        (date(2027, 5, 1), "samedi 1er mai 2027", "Saturday 1 May 2027"),
        (date(2027, 8, 11), "mercredi 11 août 2027", "Wednesday 11 August 2027"),
    ],
)
def test_writes_dates(day: date, french: str, english: str) -> None:
    assert filters.date_long(day, "fr") == french
    assert filters.date_long(day, "en") == english


@pytest.mark.parametrize(
    ("arrival", "departure", "french", "english"),
    [
        (date(2027, 4, 9), date(2027, 4, 12), "du 9 au 12 avril 2027", "9 to 12 April 2027"),
        (date(2027, 4, 29), date(2027, 5, 1), "du 29 avril au 1er mai 2027", "29 April to 1 May 2027"),
        (date(2027, 5, 1), date(2027, 5, 10), "du 1er au 10 mai 2027", "1 to 10 May 2027"),
        (
            date(2026, 12, 30),
            date(2027, 1, 2),
            "du 30 décembre 2026 au 2 janvier 2027",
            "30 December 2026 to 2 January 2027",
        ),
    ],
)
def test_writes_stays(arrival: date, departure: date, french: str, english: str) -> None:
    assert filters.date_range(Stay(arrival, departure), "fr") == french
    assert filters.date_range(Stay(arrival, departure), "en") == english


def test_writes_moments_by_the_clock_on_its_wall() -> None:
    winter = datetime(2027, 1, 9, 17, 30, tzinfo=UTC)
    summer = datetime(2027, 7, 9, 22, 0, tzinfo=UTC)

    assert filters.instant(winter, "Europe/Paris", "fr") == f"samedi 9 janvier 2027 à 18{N}h{N}30"
    assert filters.instant(summer, "Europe/Paris", "en") == "Saturday 10 July 2027 at 0:00"


def test_writes_hours() -> None:
    assert filters.hour(time(9), "fr") == f"9{N}h"
    assert filters.hour(time(18, 5), "fr") == f"18{N}h{N}05"
    assert filters.hour(time(18, 5), "en") == "18:05"
