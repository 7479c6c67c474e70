"""Amounts, numbers and dates as French and English readers write them, for the explanation of a price."""

from datetime import date
from fractions import Fraction

from pricing.money import Money, round_half_up
from pricing.refusal import Refusal

LANGUAGES = ("fr", "en")
NO_BREAK = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}

WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


class UnknownLanguage(Refusal):
    """Say that the explanation is not written in a language."""


def check_language(language: str) -> str:
    """Return the language when it is known. Raises: UnknownLanguage."""
    if language not in LANGUAGES:
        raise UnknownLanguage(f"prices are explained in {' and '.join(LANGUAGES)}, not in {language!r}")
    return language


def amount(money: Money, language: str) -> str:
    """Write an amount, its cents only when there are some.

    >>> amount(Money(250), "en"), amount(Money(25000), "fr").replace(NO_BREAK, "_")
    ('€2.50', '250_€')
    """
    whole, dot, cents = f"{money.decimal:f}".partition(".")
    digits = f"{whole}{dot}{cents}" if cents.strip("0") else whole
    sign = SIGNS.get(money.currency)
    if language == "en" and sign:
        return f"{sign}{number(digits, language)}"
    return f"{number(digits, language)}{NO_BREAK}{sign or money.currency}"


def number(digits: str, language: str) -> str:
    """Write a plain decimal number ("1288.5") with the separators of the language."""
    whole, dot, decimals = digits.partition(".")
    grouped = f"{int(whole):,}"
    if language == "fr":
        return grouped.replace(",", THIN) + dot.replace(".", ",") + decimals
    return grouped + dot + decimals


def hundredths(value: Fraction, language: str) -> str:
    """Write a factor such as 1.15 with two decimals at most."""
    cents = round_half_up(value * 100)
    digits = f"{cents // 100}.{cents % 100:02}".rstrip("0").rstrip(".")
    return number(digits, language)


def percent(fraction: Fraction, language: str) -> str:
    """Write a fraction in hundred parts.

    >>> percent(Fraction(1, 5), "en"), percent(Fraction(1, 5), "fr").replace(NO_BREAK, "_")
    ('20%', '20_%')
    """
    blank = NO_BREAK if language == "fr" else ""
    return f"{hundredths(fraction * 100, language)}{blank}%"


def day(night: date, language: str) -> str:
    """Write a night with its weekday ("Vendredi 9 avril", "Friday 9 April")."""
    weekday, month = WEEKDAYS[language][night.weekday()], MONTHS[language][night.month - 1]
    if language == "fr":
        return f"{weekday} {'1er' if night.day == 1 else night.day} {month}".capitalize()
    return f"{weekday} {night.day} {month}"
