"""Every family of curves prices as it says, never lets who has more pay less, and reads what it writes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.curve import (
    AffineCurve,
    Band,
    Curve,
    Knot,
    LinearEffort,
    MarginalBrackets,
    PiecewiseLinear,
    Step,
    StepCurve,
    read_curve,
)
from pricing.document import read
from pricing.document_writer import lines, text
from pricing.refusal import GridInvalid
from pricing.words import LANGUAGES, NO_BREAK, THIN, UnknownLanguage

CENT = Fraction(1, 100)


def money(most: int) -> st.SearchStrategy[Fraction]:
    return st.integers(1, most * 100).map(lambda cents: Fraction(cents, 100))


incomes = st.integers(0, 900_000).map(lambda cents: Fraction(cents, 100))
slopes = st.integers(0, 200).map(lambda milles: Fraction(milles, 1000))
ascending = st.lists(incomes, min_size=1, max_size=6, unique=True).map(sorted)


@st.composite
def priced(draw: st.DrawFn) -> list[tuple[Fraction, Fraction]]:
    starts = draw(ascending)
    prices = sorted(draw(st.lists(money(200), min_size=len(starts), max_size=len(starts))))
    return list(zip(starts, prices, strict=True))


@st.composite
def affine(draw: st.DrawFn) -> AffineCurve:
    floor, above = draw(money(50)), draw(money(100))
    return AffineCurve(floor, draw(incomes), draw(slopes), floor + above - CENT)


@st.composite
def linear(draw: st.DrawFn) -> LinearEffort:
    floor, above = draw(money(50)), draw(money(100))
    return LinearEffort(floor, draw(slopes), floor + above - CENT)


@st.composite
def steps(draw: st.DrawFn) -> StepCurve:
    pairs = draw(priced())
    from_nothing = [(start - pairs[0][0], price) for start, price in pairs]
    return StepCurve(tuple(Step(*pair) for pair in from_nothing), draw(st.sampled_from(["lower", "upper"])))


piecewise = priced().map(lambda pairs: PiecewiseLinear(tuple(Knot(*pair) for pair in pairs)))


@st.composite
def marginal(draw: st.DrawFn) -> MarginalBrackets:
    floor, above = draw(money(50)), draw(money(100))
    bands = tuple(Band(start, draw(slopes)) for start in draw(ascending))
    return MarginalBrackets(floor, bands, floor + above - CENT)


curves: st.SearchStrategy[Curve] = st.one_of(affine(), linear(), steps(), piecewise, marginal())


@given(curves, incomes, incomes)
def test_never_asks_less_of_who_has_more(curve: Curve, one: Fraction, other: Fraction) -> None:
    poorer, richer = sorted((one, other))

    assert curve.floor <= curve.unit_price(poorer) <= curve.unit_price(richer) <= curve.ceiling


@given(curves, incomes, incomes)
def test_never_rises_faster_than_it_says(curve: Curve, one: Fraction, other: Fraction) -> None:
    bound = curve.slope_bound()
    poorer, richer = sorted((one, other))

    if bound is None:
        assert isinstance(curve, StepCurve)
    else:
        assert curve.unit_price(richer) - curve.unit_price(poorer) <= bound * (richer - poorer)


@given(curves, incomes, incomes)
def test_is_straight_between_its_breakpoints(curve: Curve, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    breakpoints = curve.breakpoints()
    assert list(breakpoints) == sorted(set(breakpoints))
    if any(low <= bend <= high for bend in breakpoints):
        return

    middle = (low + high) / 2
    assert curve.unit_price(middle) * 2 == curve.unit_price(low) + curve.unit_price(high)


@given(curves)
def test_is_flat_above_its_last_breakpoint_unless_it_has_no_end(curve: Curve) -> None:
    last = max(curve.breakpoints(), default=Fraction(0))

    if curve.unit_price(last) == curve.ceiling or not curve.slope_bound():
        assert curve.unit_price(last + 1_000_000) == curve.unit_price(last + CENT)


@given(curves, incomes, st.integers(2, 5))
def test_re_indexes_incomes_and_prices_alike(curve: Curve, income: Fraction, times: int) -> None:
    assert curve.indexed(Fraction(times)).unit_price(income * times) == curve.unit_price(income) * times


@given(curves)
def test_reads_what_it_writes(curve: Curve) -> None:
    written = {"kind": text(curve.kind), **curve.written()}

    assert read_curve(read("\n".join(lines(written)))) == curve


@pytest.mark.parametrize(
    ("curve", "income", "price"),
    [
        (LinearEffort(Fraction(12), Fraction(3, 100), Fraction(82)), "399.99", "12"),
        (LinearEffort(Fraction(12), Fraction(3, 100), Fraction(82)), "1000", "30"),
        (LinearEffort(Fraction(12), Fraction(3, 100), Fraction(82)), "2733.34", "82"),
        (StepCurve((Step(Fraction(0), Fraction(1)), Step(Fraction(400), Fraction(2)))), "399.99", "1"),
        (StepCurve((Step(Fraction(0), Fraction(1)), Step(Fraction(400), Fraction(2)))), "400", "2"),
        (StepCurve((Step(Fraction(0), Fraction(1)), Step(Fraction(400), Fraction(2))), "upper"), "0", "1"),
        (StepCurve((Step(Fraction(0), Fraction(1)), Step(Fraction(400), Fraction(2))), "upper"), "400", "1"),
        (StepCurve((Step(Fraction(0), Fraction(1)), Step(Fraction(400), Fraction(2))), "upper"), "400.01", "2"),
        # Poissy prints 1.50 at 0, 3.205 at 500 and 6.696 at 2,000 (spec G11)
        (PiecewiseLinear((Knot(Fraction(0), Fraction("1.5")), Knot(Fraction(500), Fraction("3.205")))), "250",
         "2.3525"),
        # 12 + 2 % of 1,000 + 1 % of 500
        (MarginalBrackets(Fraction(12), (Band(Fraction(500), Fraction(2, 100)),
                                         Band(Fraction(1500), Fraction(1, 100))), Fraction(82)), "2000", "37"),
    ],
)  # fmt: skip
def test_prices_as_a_person_would_compute(curve: Curve, income: str, price: str) -> None:
    assert curve.unit_price(Fraction(income)) == Fraction(price)


@pytest.mark.parametrize(
    ("document", "code", "path"),
    [
        ('kind = "wave"', "unknown_kind", "kind"),
        ('kind = "linear"\nfloor = "0"\nrate = "0.03"\nceiling = "82"', "floor_not_positive", "curve.floor"),
        ('kind = "linear"\nfloor = "12"\nrate = "-0.03"\nceiling = "82"', "curve_falls", "curve.rate"),
        ('kind = "linear"\nfloor = "12"\nrate = "0.03"\nceiling = "11"', "ceiling_below_floor", "curve.ceiling"),
        ('kind = "linear"\nfloor = "12"\nrate = "0.03"\nceiling = "82"\nslope = "1"', "unknown_key", "slope"),
        ('kind = "affine"\nfloor = "12"\nprotected_income = "-1"\nslope = "1"\nceiling = "82"', "income_negative",
         "curve.protected_income"),
        ('kind = "step"\nedge = "lower"\nsteps = []', "curve_gap", "curve.steps[1].from"),
        ('kind = "step"\nedge = "lower"\nsteps = [{ from = "1", price = "2" }]', "curve_gap",
         "curve.steps[1].from"),
        ('kind = "step"\nedge = "middle"\nsteps = [{ from = "0", price = "2" }]', "unknown_edge", "curve.edge"),
        ('kind = "step"\nedge = "lower"\nsteps = [{ from = "0", price = "0" }]', "floor_not_positive",
         "curve.steps[1].price"),
        ('kind = "step"\nedge = "lower"\nsteps = [{ from = "0", price = "2" }, { from = "0", price = "3" }]',
         "curve_order", "curve.steps[2].from"),
        ('kind = "step"\nedge = "lower"\nsteps = [{ from = "0", price = "2" }, { from = "9", price = "1" }]',
         "curve_falls", "curve.steps[2].price"),
        ('kind = "piecewise"\nknots = []', "curve_gap", "curve.knots"),
        ('kind = "piecewise"\nknots = [{ income = "-1", price = "2" }]', "income_negative",
         "curve.knots[1].income"),
        ('kind = "piecewise"\nknots = [{ income = "0", price = "-2" }]', "floor_not_positive",
         "curve.knots[1].price"),
        ('kind = "piecewise"\nknots = [{ income = "5", price = "2" }, { income = "4", price = "3" }]',
         "curve_order", "curve.knots[2].income"),
        ('kind = "piecewise"\nknots = [{ income = "5", price = "2" }, { income = "6", price = "1" }]',
         "curve_falls", "curve.knots[2].price"),
        ('kind = "marginal"\nfloor = "12"\nceiling = "82"\nbands = []', "curve_gap", "curve.bands"),
        ('kind = "marginal"\nfloor = "12"\nceiling = "82"\nbands = [{ from = "-1", slope = "0" }]',
         "income_negative", "curve.bands[1].from"),
        ('kind = "marginal"\nfloor = "12"\nceiling = "82"\nbands = [{ from = "1", slope = "-1" }]',
         "curve_falls", "curve.bands[1].slope"),
        (('kind = "marginal"\nfloor = "12"\nceiling = "82"\nbands = [{ from = "1", slope = "0" }, '
         '{ from = "1", slope = "0" }]'), "curve_order", "curve.bands[2].from"),
    ],
)  # fmt: skip
def test_refuses_a_faulty_curve_and_says_where(document: str, code: str, path: str) -> None:
    with pytest.raises(GridInvalid) as refusal:
        read_curve(read(document))

    assert (refusal.value.code, refusal.value.path) == (code, path)


@pytest.mark.parametrize(
    ("curve", "french", "english"),
    [
        (
            LinearEffort(Fraction(12), Fraction(3, 100), Fraction(82)),
            "3 % du niveau de vie d’un mois par nuit pour une personne, 12 € au moins et 82 € au plus.",
            "3% of a month’s standard of living a night for one person, €12 at least and €82 at most.",
        ),
        (
            StepCurve((Step(Fraction(0), Fraction(12)), Step(Fraction(1288), Fraction(30)))),
            (
                "Une nuit pour une personne, selon le niveau de vie par mois : 12 € à partir de 0 €, "
                "30 € à partir de 1 288 €."
            ),
            "A night for one person, by monthly standard of living: €12 from €0, €30 from €1,288.",
        ),
        (
            StepCurve((Step(Fraction(0), Fraction(12)), Step(Fraction(1288), Fraction(30))), "upper"),
            (
                "Une nuit pour une personne, selon le niveau de vie par mois : 12 € à partir de 0 €, "
                "30 € au-dessus de 1 288 €."
            ),
            "A night for one person, by monthly standard of living: €12 from €0, €30 above €1,288.",
        ),
        (
            PiecewiseLinear((Knot(Fraction(650), Fraction(12)), Knot(Fraction(3450), Fraction(82)))),
            (
                "12 € par nuit pour une personne jusqu’à 650 € de niveau de vie par mois, puis un prix qui monte "
                "régulièrement : 82 € à 3 450 €, et plus rien de plus au-delà."
            ),
            (
                "€12 a night for one person up to €650 of monthly standard of living, then a price that rises "
                "steadily: €82 at €3,450, and no more beyond."
            ),
        ),
        (
            PiecewiseLinear((Knot(Fraction(650), Fraction(12)),)),
            "12 € par nuit pour une personne.",
            "€12 a night for one person.",
        ),
        (
            MarginalBrackets(
                Fraction(12),
                (Band(Fraction(650), Fraction(1, 50)), Band(Fraction(2000), Fraction(1, 40))),
                Fraction(82),
            ),
            (
                "12 € par nuit pour une personne, plus, pour chaque tranche de 100 € de niveau de vie par mois, "
                "2 € entre 650 € et 2 000 €, 2,50 € au-dessus de 2 000 € ; 82 € au plus."
            ),
            (
                "€12 a night for one person, plus, for each €100 of monthly standard of living, "
                "€2 between €650 and €2,000, €2.50 above €2,000; €82 at most."
            ),
        ),
    ],
)
def test_says_itself_in_one_sentence(curve: Curve, french: str, english: str) -> None:
    said = {language: curve.explain(language, "EUR") for language in LANGUAGES}

    assert said["fr"].replace(NO_BREAK, " ").replace(THIN, " ") == french
    assert said["en"] == english


@given(curves)
def test_says_nothing_in_a_language_it_does_not_know(curve: Curve) -> None:
    with pytest.raises(UnknownLanguage):
        curve.explain("la", "EUR")
