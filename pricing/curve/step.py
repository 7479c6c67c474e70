"""Steps: one price for each interval of the standard of living, as most French towns post them (spec 5.2)."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Self

from pricing.curve import words as said
from pricing.curve.shape import check_ascending, check_floor
from pricing.document import Table
from pricing.document_writer import inline, listed, number, text
from pricing.refusal import GridInvalid
from pricing.words import check_language

EDGES = ("lower", "upper")
"""Whether an income that stands on an edge belongs to the step above it, or is the last of the one below."""


@dataclass(frozen=True, slots=True)
class Step:
    """Hold the price of one unit from an income on."""

    start: Fraction
    price: Fraction


@dataclass(frozen=True, slots=True)
class StepCurve:
    """Hold the steps, ascending from 0; `edge` says which edge of a step belongs to it.

    Raises: GridInvalid for a hole under the first step, a wrong order, a price that falls.
    """

    kind: ClassVar[str] = "step"

    steps: tuple[Step, ...]
    edge: str = "lower"

    def __post_init__(self) -> None:
        if self.edge not in EDGES:
            raise GridInvalid("unknown_edge", "curve.edge", f"an edge is {' or '.join(EDGES)}")
        if not self.steps or self.steps[0].start != 0:
            raise GridInvalid("curve_gap", "curve.steps[1].from", "the first step begins at 0")
        check_floor(self.floor, "curve.steps[1].price")
        for place, (step, following) in enumerate(pairwise(self.steps), 2):
            check_ascending(step.start, following.start, f"curve.steps[{place}].from")
            if following.price < step.price:
                raise GridInvalid("curve_falls", f"curve.steps[{place}].price", "who has more would pay less")

    @property
    def floor(self) -> Fraction:
        """Return the price of the first step."""
        return self.steps[0].price

    @property
    def ceiling(self) -> Fraction:
        """Return the price of the last step."""
        return self.steps[-1].price

    def unit_price(self, income: Fraction) -> Fraction:
        """Return the price of the step that holds this standard of living.

        >>> town = StepCurve((Step(Fraction(0), Fraction(10)), Step(Fraction(400), Fraction(20))), edge="upper")
        >>> [int(town.unit_price(Fraction(income))) for income in (0, 400, 401)]
        [10, 10, 20]
        """
        find = bisect_right if self.edge == "lower" else bisect_left
        place = find(self.steps, income, key=lambda step: step.start)
        return self.steps[max(0, place - 1)].price

    def slope_bound(self) -> Fraction | None:
        """Return None, since a step is a jump; 0 where there is but one."""
        return Fraction(0) if self.floor == self.ceiling else None

    def breakpoints(self) -> tuple[Fraction, ...]:
        """List the incomes at which a step begins."""
        return tuple(step.start for step in self.steps[1:])

    def indexed(self, times: Fraction) -> Self:
        """Return the same curve for incomes and prices that are all so many times higher (I6)."""
        return type(self)(
            tuple(Step(step.start * times, step.price * times) for step in self.steps), self.edge
        )

    def explain(self, language: str, currency: str) -> str:
        """Say every step. Raises: UnknownLanguage."""
        phrase = said.STEP_FROM if self.edge == "lower" else said.STEP_ABOVE
        first = said.STEP_FROM[check_language(language)]
        steps = (
            (phrase[language] if step.start else first).format(
                price=said.amount(step.price, language, currency),
                income=said.amount(step.start, language, currency),
            )
            for step in self.steps
        )
        return said.STEPS[language].format(steps=", ".join(steps))

    def written(self) -> dict[str, str]:
        """Return the keys and values by which `read` finds the same curve again."""
        steps = (inline({"from": number(step.start), "price": number(step.price)}) for step in self.steps)
        return {"edge": text(self.edge), "steps": listed(steps)}

    @classmethod
    def read(cls, table: Table) -> Self:
        """Read the keys of this family. Raises: GridInvalid."""
        return cls(edge=table.text("edge"), steps=tuple(_step(each) for each in table.tables("steps")))


def _step(table: Table) -> Step:
    with table:
        return Step(table.number("from"), table.number("price"))
