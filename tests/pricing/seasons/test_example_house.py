"""The example house: every night up to the horizon is in one season, for a reason; beyond it there is none."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from pricing.grid import example_house
from pricing.seasons import NoRateForNight
from pricing.seasons.public_holidays import public_holidays

CALENDAR = example_house().calendar


@pytest.mark.parametrize(
    ("night", "season", "reason"),
    [
        (date(2026, 9, 1), "neutral", None),
        (date(2026, 10, 16), "neutral", None),
        (date(2026, 10, 17), "high", "school holidays of zone B"),
        (date(2026, 11, 1), "high", "school holidays of zone B"),  # the pupils are back on the 2nd
        (date(2026, 11, 2), "low", "November to March"),
        (date(2026, 11, 10), "high", "eve of a public holiday"),
        (date(2026, 11, 11), "low", "November to March"),
        (date(2026, 12, 3), "low", "November to March"),
        (date(2026, 12, 4), "sainte_barbe", "the miners' feast"),
        (date(2026, 12, 5), "low", "November to March"),
        (date(2027, 3, 28), "high", "eve of a public holiday"),  # Easter Sunday
        (date(2027, 3, 31), "low", "November to March"),
        (date(2027, 4, 1), "neutral", None),
        (date(2027, 4, 30), "high", "school holidays of zone B"),
        (date(2027, 5, 5), "high", "eve of a public holiday"),  # of Ascension
        (date(2027, 5, 9), "neutral", None),
        (date(2027, 5, 16), "high", "eve of a public holiday"),  # of Whit Monday
        (date(2027, 6, 30), "neutral", None),
        (date(2027, 7, 1), "high", "July and August"),
        (date(2027, 7, 3), "high", "school holidays of zone B"),
        (date(2027, 8, 31), "high", "school holidays of zone B"),
        (date(2027, 9, 1), "neutral", None),
        (date(2028, 2, 29), "low", "November to March"),
        (date(2028, 8, 31), "high", "school holidays of zone B"),
    ],
)
def test_puts_a_night_in_its_season_and_says_why(night: date, season: str, reason: str | None) -> None:
    hit = CALENDAR.hit(night)

    assert (hit.code, hit.reasons.get("en")) == (season, reason)
    assert hit.factor == Fraction(
        {"low": "0.85", "neutral": "1", "high": "1.2", "sainte_barbe": "0.85"}[season]
    )


def test_has_exactly_one_season_for_every_night_up_to_the_horizon() -> None:
    days = (CALENDAR.horizon - CALENDAR.first_night).days + 1
    seasons = [CALENDAR.hit(CALENDAR.first_night + timedelta(day)).code for day in range(days)]

    assert set(seasons) == {"low", "neutral", "high", "sainte_barbe"}
    assert seasons.count("sainte_barbe") == 2


@pytest.mark.parametrize("night", [date(2026, 8, 31), date(2028, 9, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_invents_nothing_beyond_the_horizon(night: date) -> None:
    with pytest.raises(NoRateForNight) as refusal:
        CALENDAR.hit(night)

    assert (refusal.value.night, refusal.value.horizon) == (night, date(2028, 8, 31))


def test_does_not_take_a_moment_for_a_night() -> None:
    with pytest.raises(NoRateForNight):
        CALENDAR.hit(datetime(2027, 7, 1, tzinfo=UTC))


def test_lists_all_french_public_holidays_of_its_time() -> None:
    listed = CALENDAR.almanac.public_holidays

    assert listed == public_holidays(CALENDAR.first_night, CALENDAR.horizon + timedelta(1))


@pytest.mark.parametrize(
    ("night", "language", "reason"),
    [
        (date(2026, 12, 4), "en", "the miners' feast, rather than November to March"),
        (date(2026, 12, 25), "fr", "vacances scolaires de la zone B, plutôt que de novembre à mars"),
        (date(2027, 8, 1), "en", "school holidays of zone B"),  # July and August would be the same season
        (date(2026, 11, 12), "en", "November to March"),
        (date(2026, 9, 1), "en", ""),
    ],
)
def test_says_what_a_reason_has_beaten(night: date, language: str, reason: str) -> None:
    assert CALENDAR.hit(night).reason(language) == reason
