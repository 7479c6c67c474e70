"""National aids: dated rules of a country with their source, and the reasons by which a guest may claim them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pricing.aids.aid import Aid, AidInvalid, Payer
from pricing.aids.words import AGES, REASONS
from pricing.document import Table, read, under
from pricing.money import Money
from pricing.refusal import GridInvalid, Refusal
from pricing.words import amount, check_language

FORM = "pricing-aids/1"
COUNTRIES = ("fr",)


class RulesInvalid(GridInvalid):
    """Say where a document of national rules is wrong, as GridInvalid does for a grid."""


class NoAid(Refusal):
    """Say that a country knows no such aid, or not on that day."""


class NotEligible(Refusal):
    """Say that an aid is not for somebody of this age, or not for this reason."""


class Reason(StrEnum):
    """Name the reasons that open a right; there are no others, and none holds a figure of the guest's."""

    YOUNG_WITH_LOW_INCOME = "young_with_low_income"
    YOUNG_WITH_STATUS = "young_with_status"


@dataclass(frozen=True, slots=True)
class NationalAid:
    """Hold one version of a national aid, in force from a day up to, not including, another.

    Ages are in whole years, both included. `tax_income_below` is the published threshold: it is said to who wonders.
    """

    aid: Aid
    valid_from: date
    valid_until: date | None
    reasons: tuple[Reason, ...]
    age_from: int
    age_to: int
    tax_income_below: Money
    source: str

    def is_in_force(self, day: date) -> bool:
        """Tell whether it is this version that counts on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def claim(self, reason: Reason, age: int) -> Aid:
        """Return the aid for a guest of this age, for one of its reasons. Raises: NotEligible."""
        if reason not in self.reasons:
            raise NotEligible(f"{self.aid.code} is not given for {reason!r}")
        if type(age) is not int or not self.age_from <= age <= self.age_to:
            raise NotEligible(
                f"{self.aid.code} is for those of {self.age_from} to {self.age_to}, not of {age!r}"
            )
        return self.aid


def national_aid(code: str, on: date, country: str = "fr") -> NationalAid:
    """Return the version of an aid on the day of arrival. Raises: NoAid."""
    for version in _versions(country):
        if version.aid.code == code and version.is_in_force(on):
            return version
    raise NoAid(f"there is no aid {code!r} on {on} in {country!r}")


def describe_reason(version: NationalAid, reason: Reason, language: str) -> str:
    """Say who may claim an aid, in words for a guest. Raises: UnknownLanguage."""
    ages = AGES[check_language(language)].format(low=version.age_from, high=version.age_to)
    return ages + REASONS[language][reason.value].format(income=amount(version.tax_income_below, language))


def read_aids(text: str) -> tuple[NationalAid, ...]:
    """Read a document of national aids, all versions of each, oldest first.

    Raises: RulesInvalid (or, for a value that is none of its kind, the GridInvalid that it is one of) with the code
    and the path of a fault.
    """
    with read(text) as document:
        if document.text("form") != FORM:
            raise RulesInvalid("unknown_form", "form", f"this program reads {FORM}")
        currency = document.text("currency")
        return tuple(version for table in document.tables("aids") for version in _aid(table, currency))


@cache
def _versions(country: str) -> tuple[NationalAid, ...]:
    if country not in COUNTRIES:
        raise NoAid(f"no aids of {country!r} are known here, only those of {', '.join(COUNTRIES)}")
    return read_aids(files("pricing").joinpath("rules", country, "aids.toml").read_text(encoding="utf-8"))


def _aid(table: Table, currency: str) -> Iterator[NationalAid]:
    with table:
        code, names = table.text("code"), table.names("names")
        before: date | None = date.min
        for version in table.tables("versions"):
            read_version = _version(version, code, names, currency)
            if before is None or read_version.valid_from < before:
                raise RulesInvalid("versions_order", version.at("from"), "versions follow one another")
            before = read_version.valid_until
            yield read_version


def _version(table: Table, code: str, names: Mapping[str, str], currency: str) -> NationalAid:
    with table, under(table.path):
        until = table.day("until") if table.has("until") else None
        version = NationalAid(
            aid=_pays(table, code, names, currency),
            valid_from=table.day("from"),
            valid_until=until,
            reasons=tuple(_reason(reason, table.at("reasons")) for reason in table.texts("reasons")),
            age_from=table.whole("age_from"),
            age_to=table.whole("age_to"),
            tax_income_below=table.money("tax_income_below", currency),
            source=table.text("source"),
        )
        if until is not None and until <= version.valid_from:
            raise RulesInvalid("versions_order", table.at("until"), "a version ends after it begins")
        return version


def _pays(table: Table, code: str, names: Mapping[str, str], currency: str) -> Aid:
    try:
        return Aid(
            code,
            Payer.NATIONAL,
            names,
            share=table.number("share"),
            cap=table.money("cap", currency) if table.has("cap") else None,
            left_to_pay=table.money("left_to_pay", currency) if table.has("left_to_pay") else None,
        )
    except AidInvalid as refusal:
        raise RulesInvalid("aid_invalid", table.path, str(refusal)) from None


def _reason(text: str, path: str) -> Reason:
    if text not in list(Reason):
        raise RulesInvalid("unknown_reason", path, f"{text!r} opens no right; what does: {', '.join(Reason)}")
    return Reason(text)
