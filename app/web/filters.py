"""Print amounts, dates and hours as people of each language write them: one filter for each (house rule 20)."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from flask import Flask, g
from flask_babel import ngettext

from app.web.language import current_language
from pricing.money import MINOR_DIGITS, Money
from pricing.stay import Stay

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
NO_BREAK = "\u00a0"


def install(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters.update(
        money=lambda amount: money(amount, current_language()),
        date_long=lambda day: date_long(day, current_language()),
        date_short=lambda day: date_short(day, current_language()),
        date_range=lambda stay: date_range(stay, current_language()),
        hour=lambda moment: hour(moment, current_language()),
        instant=lambda moment: instant(moment, g.house.timezone, current_language()),
        time_of=lambda moment: hour(moment.astimezone(ZoneInfo(g.house.timezone)).time(), current_language()),
        nights_count=nights_count,
    )


@lru_cache(maxsize=4096)
def money(amount: Money, language: str) -> str:
    """Print an amount; whole amounts carry no zeros.

    >>> money(Money.of("1234.50"), "en"), money(Money.of(72), "en")
    ('€1,234.50', '€72')
    """
    locale = Locale.parse(LOCALES[language])
    pattern = str(locale.currency_formats["standard"].pattern)
    digits = MINOR_DIGITS[amount.currency]
    if amount.minor % 10**digits == 0:
        pattern = pattern.replace(".00", "")
    return format_currency(amount.decimal, amount.currency, pattern, locale=locale, currency_digits=False)


@lru_cache(maxsize=4096)
def date_long(day: date, language: str) -> str:
    """Print a date with its weekday and year.

    >>> date_long(date(2027, 4, 9), "fr"), date_long(date(2027, 4, 9), "en")
    ('vendredi 9 avril 2027', 'Friday 9 April 2027')
    """
    return _with_first(format_date(day, "EEEE d MMMM y", locale=LOCALES[language]), day, language)


@lru_cache(maxsize=4096)
def date_short(day: date, language: str) -> str:
    """Print a date for a list.

    >>> date_short(date(2027, 4, 9), "fr"), date_short(date(2027, 4, 9), "en")
    ('ven. 9 avril', 'Fri 9 April')
    """
    return _with_first(format_date(day, "EEE d MMMM", locale=LOCALES[language]), day, language)


@lru_cache(maxsize=4096)
def date_range(stay: Stay, language: str) -> str:
    """Print the two days of a stay, without saying a month or a year twice.

    >>> date_range(Stay(date(2027, 4, 9), date(2027, 4, 12)), "fr")
    'du 9 au 12 avril 2027'
    >>> date_range(Stay(date(2026, 12, 30), date(2027, 1, 2)), "en")
    '30 December 2026 to 2 January 2027'
    """
    first, last = stay.arrival, stay.departure
    pattern = "d MMMM y" if first.year != last.year else "d MMMM" if first.month != last.month else "d"
    begin = _with_first(format_date(first, pattern, locale=LOCALES[language]), first, language)
    end = _with_first(format_date(last, "d MMMM y", locale=LOCALES[language]), last, language)
    return f"du {begin} au {end}" if language == "fr" else f"{begin} to {end}"


def hour(moment: time, language: str) -> str:
    """Print a time of day; French leaves out the minutes of a full hour.

    >>> hour(time(15), "en"), hour(time(18, 30), "fr") == f"18{NO_BREAK}h{NO_BREAK}30"
    ('15:00', True)
    """
    if language == "fr":
        return f"{moment.hour}{NO_BREAK}h" + (f"{NO_BREAK}{moment.minute:02}" if moment.minute else "")
    return f"{moment.hour}:{moment.minute:02}"


def instant(moment: datetime, timezone: str, language: str) -> str:
    """Print a moment as the clock on the wall of the house shows it, to the minute.

    >>> from datetime import UTC
    >>> instant(datetime(2027, 4, 9, 16, tzinfo=UTC), "Europe/Paris", "en")
    'Friday 9 April 2027 at 18:00'
    """
    local = moment.astimezone(ZoneInfo(timezone))
    link = "à" if language == "fr" else "at"
    return f"{date_long(local.date(), language)} {link} {hour(local.time(), language)}"


def nights_count(stay: Stay | int) -> str:
    """Print how many nights: "1 night", "3 nights"."""
    count = stay if isinstance(stay, int) else stay.length
    return str(ngettext("%(num)d night", "%(num)d nights", count))


def _with_first(text: str, day: date, language: str) -> str:
    # French says "le 1er avril", and the locale data do not.
    if language == "fr" and day.day == 1:
        return f"1er{text[1:]}" if text.startswith("1") else text.replace(" 1 ", " 1er ", 1)
    return text
