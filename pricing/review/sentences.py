"""The report in sentences, French and English, for people who will vote on the grid."""

from collections.abc import Iterator
from fractions import Fraction

from pricing import words
from pricing.money import Money
from pricing.refusal import GridInvalid
from pricing.review import phrases
from pricing.review.crowds import CROWD, Crowds
from pricing.review.refusals import REFUSALS
from pricing.review.report import GridReport, Jump, Slope

HUNDRED = 100


def describe(report: GridReport, language: str) -> tuple[str, ...]:
    """Say the report, what was refused first. Raises: UnknownLanguage."""
    return tuple(_sentences(report, words.check_language(language)))


def describe_refusal(refusal: GridInvalid, language: str) -> str:
    """Say why a grid was refused, and where. Raises: UnknownLanguage."""
    words.check_language(language)
    known = REFUSALS.get(refusal.code)
    said = known[language] if known else refusal.message
    return phrases.REFUSED[language].format(said=said, path=refusal.path)


def _sentences(report: GridReport, language: str) -> Iterator[str]:
    if report.is_accepted:
        yield phrases.ACCEPTED[language]
    for refusal in report.refusals:
        yield describe_refusal(refusal, language)
    if report.grid is None:
        return
    currency = report.grid.currency
    if report.cliff:
        yield _cliff(report.cliff, currency, language)
    if report.steepest:
        yield _slope(report.steepest, currency, language)
    if report.efforts:
        yield _effort(report, language)
    if report.crowds:
        yield from _crowds(report.crowds, language)


def _cliff(cliff: Jump, currency: str, language: str) -> str:
    return phrases.CLIFF[language].format(
        amount=_amount(cliff.amount, currency, language),
        edge=_amount(cliff.edge, currency, language),
        season=_season(cliff.season_factor, language),
    )


def _slope(slope: Slope, currency: str, language: str) -> str:
    return phrases.SLOPE[language].format(
        hundred=_amount(Fraction(HUNDRED), currency, language),
        amount=_amount(slope.amount * HUNDRED, currency, language),
        income=_amount(slope.income, currency, language),
        season=_season(slope.season_factor, language),
    )


def _effort(report: GridReport, language: str) -> str:
    row = max(report.efforts, key=lambda each: each.most)
    return phrases.EFFORT[language].format(
        effort=words.percent(row.most, language),
        household=phrases.HOUSEHOLDS[language][row.household],
        bracket=row.by_bracket.index(row.most) + 1,
        season=row.season.names[language],
    )


def _crowds(crowds: Crowds, language: str) -> Iterator[str]:
    for crowd in crowds.failing:
        yield phrases.NO_CROWD[language].format(
            price=words.amount(crowd.price, language),
            nights=words.hundredths(crowd.nights_a_month, language),
            least=CROWD,
        )
    if not crowds.failing:
        nights = words.hundredths(crowds.smallest.nights_a_month, language)
        yield phrases.CROWDS[language].format(nights=nights)
    if crowds.if_exact is not None:
        yield phrases.IF_EXACT[language].format(nights=words.hundredths(crowds.if_exact, language))


def _season(factor: Fraction, language: str) -> str:
    if factor == 1:
        return phrases.NEUTRAL[language]
    return phrases.SEASON[language].format(factor=words.hundredths(factor, language))


def _amount(value: Fraction, currency: str, language: str) -> str:
    return words.amount(Money.nearest(value, currency), language)
