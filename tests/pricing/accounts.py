"""The accounts whose whole text is kept in explained/: each is a stay, a choice, and who pays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pricing.aids import Aid, Reason, employer_aid, national_aid, partner_voucher, pay_with
from pricing.choice import Choice
from pricing.explain import explain, written
from pricing.grid import Grid
from pricing.group import GroupRoom, Sleepers, quote_group
from pricing.money import Money
from pricing.quote import Quote, RoomRequest, quote
from pricing.stay import Stay


@dataclass(frozen=True)
class Account:
    """Hold how a quote is made under a grid, what is chosen of it, and which aids pay a part."""

    quoted: Callable[[Grid], Quote]
    chosen: Callable[[Quote], Choice]
    aids: tuple[Aid, ...] = ()

    def text(self, grid: Grid, language: str) -> str:
        priced = self.quoted(grid)
        return self.text_of(grid, priced, self.chosen(priced), language)

    def text_of(self, grid: Grid, priced: Quote, choice: Choice, language: str) -> str:
        aids = pay_with(choice.amount, self.aids) if self.aids else None
        return written(explain(grid, priced, choice, language, aids), language)


def _family(grid: Grid) -> Quote:
    return quote(grid, Stay(date(2027, 6, 30), date(2027, 7, 4)), [RoomRequest("family", 2, (4, 6, 1))])


def _feast(grid: Grid) -> Quote:
    rooms = [RoomRequest("double", 2), RoomRequest("single", 0, (15,), is_beyond_fewest=True)]
    return quote(grid, Stay(date(2026, 12, 3), date(2026, 12, 6)), rooms)


def _young(grid: Grid) -> Quote:
    return quote(grid, Stay(date(2027, 8, 13), date(2027, 8, 20)), [RoomRequest("single", 1)])


def _neighbour(grid: Grid) -> Quote:
    return quote(
        grid, Stay(date(2027, 7, 13), date(2027, 7, 14)), [RoomRequest("double", 1)], is_resident=True
    )


def _shared(grid: Grid) -> Quote:
    rooms = [GroupRoom("family", (Sleepers(1, 2), Sleepers(2, 1)))]
    return quote_group(grid, Stay(date(2027, 6, 8), date(2027, 6, 10)), rooms).parts[0].quote


DEPARTURE = national_aid("ancv_depart_18_25", date(2027, 8, 13)).claim(Reason.YOUNG_WITH_LOW_INCOME, 20)
PAID_BY_OTHERS = (DEPARTURE, employer_aid(Fraction(1, 10)), partner_voucher(Money.of(5)))

ACCOUNTS = {
    "family": Account(_family, lambda priced: priced.choose(bracket=4)),
    "feast": Account(_feast, lambda priced: priced.choose(amount=Money.of("200.50"))),
    "young": Account(_young, lambda priced: priced.choose(bracket=7), PAID_BY_OTHERS),
    "neighbour": Account(_neighbour, lambda priced: priced.choose()),
    "shared": Account(_shared, lambda priced: priced.choose(amount=priced.cost)),
}
