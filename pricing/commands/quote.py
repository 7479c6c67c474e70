"""`python -m pricing quote …` prints the ladder of a stay and where its price comes from, household by household.

Exit codes: 0 for a price, 1 for a stay that has none, 2 for a question that cannot be read.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from pricing import words
from pricing.aids import AidedPrice, pay_with
from pricing.commands import party
from pricing.explain import describe_income, explain, written
from pricing.grid import Grid, example_house
from pricing.group import GroupQuote, GroupRoom, Sleepers, quote_group
from pricing.household import HouseholdInvalid
from pricing.money import Money
from pricing.quote import Choice, Quote, Rung
from pricing.refusal import Refusal
from pricing.stay import Stay
from pricing.stored import dump_quote

NO_PRICE = 1

MARKS = {
    "fr": {
        "cost": "coût réel",
        "chosen": "choisi",
        "minimum": "minimum",
        "until": "valable jusqu’au {day} compris",
        "household": "Foyer {number}",
        "total": "En tout\N{NO-BREAK SPACE}: {amount}",
    },
    "en": {
        "cost": "real cost",
        "chosen": "chosen",
        "minimum": "minimum",
        "until": "honoured until {day}",
        "household": "Household {number}",
        "total": "In all: {amount}",
    },
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("quote", help="the ladder of a stay and the explanation of a price")
    command.add_argument("--arrival", type=party.day, required=True)
    command.add_argument("--departure", type=party.day, required=True)
    command.add_argument(
        "--today", type=party.day, dest="quoted_on", help="the day of the quote, which ends some days later"
    )
    command.add_argument("--grid", type=Path, help="a grid in TOML (default: the example house)")
    command.add_argument("--language", choices=words.LANGUAGES, default="en")
    command.add_argument("--json", action="store_true", help="print each quote as it is stored")
    one = command.add_argument_group("one household in one room")
    one.add_argument("--adults", type=int, default=1)
    one.add_argument("--children", type=party.ages, default=(), metavar="AGES")
    one.add_argument("--room", default="double", help="a type of room of the grid (default: double)")
    one.add_argument("--resident", action="store_true", help="somebody of the neighbourhood")
    several = command.add_argument_group("several rooms or households")
    several.add_argument("--sleep", type=party.room, action="append", metavar="ROOM", help=party.ROOM_FORM)
    several.add_argument(
        "--sleep-beyond", type=party.room_beyond, action="append", dest="sleep", metavar="ROOM",
        help="the same, for a room more than the group needs",
    )  # fmt: skip
    several.add_argument(
        "--residents", type=party.numbers, default=(), help="households of the neighbourhood: 1,3"
    )
    chosen = command.add_mutually_exclusive_group()
    chosen.add_argument("--bracket", type=int, help="the bracket chosen, from 1")
    chosen.add_argument("--amount", help="an amount of one's own for the stay")
    chosen.add_argument(
        "--choices", type=party.choices, help="the bracket of each household, - for none: 4,-,1"
    )
    aids = command.add_argument_group("who else pays (one household)")
    aids.add_argument("--ancv", type=party.claim, metavar="REASON:AGE", help="ANCV Départ 18:25")
    aids.add_argument("--employer", type=party.employer, metavar="SHARE[:MOST]")
    aids.add_argument("--voucher", metavar="AMOUNT", help="a partner's voucher")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the ladder and the account of every household; return the exit code."""
    try:
        print("\n".join(_answer(asked)))
    except (Refusal, OSError, UnicodeDecodeError) as refusal:
        print(refusal, file=sys.stderr)
        return NO_PRICE
    return 0


def _answer(asked: argparse.Namespace) -> list[str]:
    grid = Grid.loads(asked.grid.read_text(encoding="utf-8")) if asked.grid else example_house()
    group = _group(asked, grid)
    chosen = _choices(asked, group)
    paid = _paid(asked, group, chosen)
    if asked.json:
        return [dump_quote(part.quote) for part in group.parts]
    return list(_pages(asked, grid, group, chosen, paid))


def _group(asked: argparse.Namespace, grid: Grid) -> GroupQuote:
    stay = Stay(asked.arrival, asked.departure)
    rooms = asked.sleep or [GroupRoom(asked.room, (Sleepers(1, asked.adults, asked.children),))]
    residents = (1,) if asked.resident else asked.residents
    return quote_group(grid, stay, rooms, residents=residents, today=asked.quoted_on)


def _choices(asked: argparse.Namespace, group: GroupQuote) -> list[Choice]:
    quotes = [part.quote for part in group.parts]
    if asked.choices:
        if len(asked.choices) != len(quotes):
            raise HouseholdInvalid(f"{len(quotes)} households choose, not {len(asked.choices)}")
        pairs = zip(quotes, asked.choices, strict=True)
        return [priced.choose(bracket=party.bracket_of(choice)) for priced, choice in pairs]
    if len(quotes) > 1 and (asked.bracket or asked.amount):
        raise HouseholdInvalid("several households choose by --choices")
    currency = group.cost.currency
    amount = None if asked.amount is None else Money.of(asked.amount, currency)
    return [priced.choose(bracket=asked.bracket, amount=amount) for priced in quotes]


def _paid(asked: argparse.Namespace, group: GroupQuote, chosen: list[Choice]) -> AidedPrice | None:
    aids = party.aids_of(asked, group.parts[0].quote)
    if not aids:
        return None
    if len(chosen) > 1:
        raise HouseholdInvalid("aids are reckoned for one household at a time")
    return pay_with(chosen[0].amount, aids)


def _pages(
    asked: argparse.Namespace, grid: Grid, group: GroupQuote, chosen: list[Choice], paid: AidedPrice | None
) -> Iterator[str]:
    language, marks = asked.language, MARKS[asked.language]
    for number, (part, choice) in enumerate(zip(group.parts, chosen, strict=True), 1):
        if len(chosen) > 1:
            yield marks["household"].format(number=number)
        yield from _ladder(part.quote, choice, language)
        yield ""
        yield written(explain(grid, part.quote, choice, language, paid), language)
    if len(chosen) > 1:
        total = words.amount(group.agree(chosen).amount, language)
        yield marks["total"].format(amount=total)


def _ladder(priced: Quote, choice: Choice, language: str) -> Iterator[str]:
    marks = MARKS[language]
    for rung in priced.ladder:
        yield _rung(rung, choice, language)
    yield f"{marks['minimum']:>10} {words.amount(priced.minimum, language):>10}"
    if priced.honoured_until:
        last = words.day(priced.honoured_until, language)
        yield marks["until"].format(day=last.lower() if language == "fr" else last)


def _rung(rung: Rung, choice: Choice, language: str) -> str:
    marks = MARKS[language]
    said = [f"{rung.bracket or '-':>10} {words.amount(rung.amount, language):>10}  "]
    if rung.bracket is not None:
        said.append(describe_income(rung, language))
    if rung.is_real_cost:
        said.append(f"[{marks['cost']}]")
    if rung.bracket == choice.bracket:
        said.append(f"<- {marks['chosen']}")
    return " ".join(said)
