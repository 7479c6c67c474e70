"""What holds for every rate, price and party."""

from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pricing.money import Money
from pricing.periods import Period
from pricing.tourist_tax import (
    Exemption,
    FixedTax,
    RoomNight,
    Sleeper,
    Surcharge,
    Tax,
    TaxRounding,
    UnclassifiedTax,
    declare,
    from_record,
    tax_of_stay,
    to_record,
)
from tests.pricing.tourist_tax.rates import ADULT, CHILD, FIRST, RESIDENT, rate_of, table_of

FRACTIONS = st.integers(0, 400).map(lambda thousandths: Fraction(thousandths, 1000))
SURCHARGES = st.lists(FRACTIONS, max_size=3).map(
    lambda fractions: tuple(Surcharge(f"surcharge {place}", one) for place, one in enumerate(fractions))
)
PRICES = st.integers(0, 50_000).map(Money)
CAPS = st.integers(0, 460).map(Money)
RATES = st.integers(0, 50).map(lambda thousandths: Fraction(thousandths, 1000))
PEOPLE = st.lists(st.sampled_from([ADULT, CHILD, RESIDENT]), min_size=1, max_size=6)
ROUNDINGS = st.sampled_from(TaxRounding)
VAT = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(11, 200)])


@st.composite
def taxes(draw: st.DrawFn) -> Tax:
    if draw(st.booleans()):
        return FixedTax(draw(CAPS), draw(SURCHARGES), draw(ROUNDINGS))
    return UnclassifiedTax(draw(RATES), draw(CAPS), draw(SURCHARGES), draw(ROUNDINGS))


def stay_of(tax: Tax, prices: list[Money], people: list[Sleeper]) -> list[RoomNight]:
    return [RoomNight(FIRST + timedelta(place), price, tuple(people)) for place, price in enumerate(prices)]


@given(RATES, CAPS, SURCHARGES, PRICES, st.integers(1, 6), VAT)
def test_differs_by_a_few_halves_of_a_cent_between_the_two_roundings(
    rate: Fraction, cap: Money, surcharges: tuple[Surcharge, ...], price: Money, occupants: int, vat: Fraction
) -> None:
    apart, once = (
        UnclassifiedTax(rate, cap, surcharges, rounding).per_person_night(price, occupants, vat=vat)
        for rounding in TaxRounding
    )

    # The local share is off by half a cent, and so is what is taken of it; each surcharge, and the single sum, by one.
    bound = (2 + sum(one.fraction for one in surcharges) + len(surcharges)) * Fraction(1, 2)
    assert abs(apart.minor - once.minor) <= bound


@given(taxes(), PRICES, st.integers(1, 6), VAT)
def test_adds_the_parts_of_a_tariff_up_to_it(tax: Tax, price: Money, occupants: int, vat: Fraction) -> None:
    tariff = tax.tariff(price, occupants, vat=vat)

    assert tariff.total == sum((money for _, money in tariff.surcharges), tariff.local)
    assert min([tariff.local, *(money for _, money in tariff.surcharges)]) >= Money(0)
    assert [name for name, _ in tariff.surcharges] == [one.name for one in tax.surcharges]


@given(RATES, CAPS, SURCHARGES, ROUNDINGS, PRICES, PEOPLE, st.sampled_from([CHILD, RESIDENT]), VAT)
def test_never_asks_more_of_the_others_when_an_exempt_person_joins_them(
    rate: Fraction,
    cap: Money,
    surcharges: tuple[Surcharge, ...],
    rounding: str,
    price: Money,
    people: list[Sleeper],
    joining: Sleeper,
    vat: Fraction,
) -> None:
    tax = UnclassifiedTax(rate, cap, surcharges, rounding)
    table = table_of(rate_of(tax))

    before = tax_of_stay(table, [], stay_of(tax, [price], people), vat=vat)
    after = tax_of_stay(table, [], stay_of(tax, [price], [*people, joining]), vat=vat)

    assert after.total <= before.total
    assert after.lines[0].liable == before.lines[0].liable


@given(RATES, CAPS, SURCHARGES, ROUNDINGS, PRICES, PRICES, st.integers(1, 6), VAT)
def test_never_asks_less_for_a_dearer_night(
    rate: Fraction,
    cap: Money,
    surcharges: tuple[Surcharge, ...],
    rounding: str,
    one: Money,
    other: Money,
    occupants: int,
    vat: Fraction,
) -> None:
    tax = UnclassifiedTax(rate, cap, surcharges, rounding)

    low, high = (tax.per_person_night(price, occupants, vat=vat) for price in sorted((one, other)))

    assert low <= high


@given(RATES, CAPS, SURCHARGES, ROUNDINGS, st.lists(PRICES, max_size=5), PEOPLE, VAT)
def test_recomputes_declares_and_adds_up_every_stay(
    rate: Fraction,
    cap: Money,
    surcharges: tuple[Surcharge, ...],
    rounding: str,
    prices: list[Money],
    people: list[Sleeper],
    vat: Fraction,
) -> None:
    tax = UnclassifiedTax(rate, cap, surcharges, rounding)

    stay = tax_of_stay(table_of(rate_of(tax)), [], stay_of(tax, prices, people), vat=vat)

    kept = [from_record(to_record(line)) for line in stay.lines]
    assert [(line.amount, line.liable) for line in kept] == [
        (line.amount, line.liable) for line in stay.lines
    ]
    assert declare(stay.lines, Period.month(2027, 1)).total == stay.total
    for line in stay.lines:
        assert line.occupants == line.liable + sum(count for _, count in line.exempt) or line.is_free


@given(st.sampled_from([reason for reason in Exemption if reason != Exemption.RENT_BELOW_THRESHOLD]), PRICES)
def test_owes_nothing_from_whom_is_exempt(reason: Exemption, price: Money) -> None:
    table = table_of(rate_of(UnclassifiedTax(Fraction(1, 20), Money(300))))

    stay = tax_of_stay(table, [], [RoomNight(FIRST, price, (Sleeper(reason),))])

    assert stay.total == Money(0)
