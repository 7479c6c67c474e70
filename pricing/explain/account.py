"""The account of an agreed price: night by night, cost by cost, who pays it, and the sentences that say why."""

from collections.abc import Iterator
from dataclasses import dataclass

from pricing import phrases, words
from pricing.aids import AidedPrice
from pricing.choice import Choice
from pricing.explain.plainly import tell_plainly
from pricing.explain.rule import explain_rule, tell_length, tell_people, tell_rooms, tell_seasons
from pricing.grid import Grid
from pricing.money import Money
from pricing.quoted import Quote, total
from pricing.seasons import SeasonHit


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of an account: what for, and how much."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class NightRow:
    """Hold one room night of the table: in words, what it costs the house, and what was agreed.

    `room` is empty where there is one; `change` is what the season changes at most, `reason` the rule that won and
    rather than which, both empty where there is nothing to say.
    """

    night: str
    room: str
    season: str
    change: str
    reason: str
    cost: Money
    price: Money


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold the account of a price: its nights add up to `total`, its costs to `cost`.

    `table` has the same nights with all that decided of them. `aids` are what others pay, and with `to_pay` add up to
    `total`. `rule` says floor, slope and ceiling, `people` who counts for what, `rooms` what the rooms change,
    `seasons` what the seasons of this stay change, `length` what its length does, `choice` what the guest
    decided: sentences, or nothing. `plainly` says it all so that a child can follow.
    """

    nights: tuple[Line, ...]
    total: Money
    costs: tuple[Line, ...]
    cost: Money
    rule: str
    seasons: str
    people: str
    length: str
    rooms: str
    choice: str
    table: tuple[NightRow, ...]
    aids: tuple[Line, ...]
    to_pay: Money
    plainly: str

    @property
    def sentence(self) -> str:
        """Return all the sentences in one paragraph."""
        parts = (self.rule, self.people, self.rooms, self.seasons, self.length, self.choice)
        return " ".join(part for part in parts if part)


def explain(
    grid: Grid, quote: Quote, choice: Choice, language: str, aids: AidedPrice | None = None
) -> Explanation:
    """Account for an agreed price, from the stored version of the grid it was made under, however old.

    Raises: UnknownLanguage; ValueError for a quote of another grid, or aids of another price.
    """
    words.check_language(language)
    if quote.grid_hash != grid.hash:
        raise ValueError(f"the quote was made under another grid than version {grid.version}")
    paid = aids or AidedPrice(choice.amount, (), choice.amount)
    if paid.price != choice.amount:
        raise ValueError(f"these aids were reckoned on {paid.price}, and {choice.amount} was agreed")
    return Explanation(
        nights=tuple(_nights(quote, choice, language)),
        total=choice.amount,
        costs=tuple(Line(phrases.COSTS[language][line.code], line.amount) for line in quote.cost_lines),
        cost=quote.cost,
        rule=explain_rule(grid, language),
        seasons=" ".join(tell_seasons(grid, quote, language)),
        people=tell_people(grid, quote, language),
        length=tell_length(grid, quote, language),
        rooms=" ".join(tell_rooms(grid, quote, language)),
        choice=_choice(quote, choice, language),
        table=tuple(_table(quote, choice, language)),
        aids=tuple(Line(line.names[language], line.amount) for line in paid.lines),
        to_pay=paid.to_pay,
        plainly=tell_plainly(quote, choice, paid, language),
    )


def _nights(quote: Quote, choice: Choice, language: str) -> Iterator[Line]:
    for quoted, priced in zip(quote.nights, choice.nights, strict=True):
        parts = [words.day(quoted.night, language), quoted.season.names[language]]
        if len(quote.rooms) > 1:
            parts.append(phrases.ROOM[language].format(number=quoted.room_index + 1))
        yield Line(", ".join(parts), priced.chosen)


def _table(quote: Quote, choice: Choice, language: str) -> Iterator[NightRow]:
    for quoted, priced in zip(quote.nights, choice.nights, strict=True):
        place = phrases.ROOM[language].format(number=quoted.room_index + 1)
        yield NightRow(
            night=words.day(quoted.night, language),
            room=place if len(quote.rooms) > 1 else "",
            season=quoted.season.names[language],
            change=_change(quoted.season, quote.is_resident, language),
            reason=quoted.season.reason(language),
            cost=priced.reference,
            price=priced.chosen,
        )


def _change(season: SeasonHit, is_resident: bool, language: str) -> str:
    percent = words.percent(abs(season.factor - 1), language)
    if season.factor > 1:
        return "" if is_resident else phrases.AT_MOST[language].format(percent=percent)
    return f"\N{MINUS SIGN}{percent}" if season.factor < 1 else ""


def _choice(quote: Quote, choice: Choice, language: str) -> str:
    agreed, cost = words.amount(choice.amount, language), words.amount(quote.cost, language)
    if choice.bracket is not None:
        phrase = phrases.CHOSE_AMOUNT if choice.is_free_amount else phrases.CHOSE_RUNG
        if choice.amount == quote.cost:
            phrase = phrases.CHOSE_COST
        return phrase[language].format(amount=agreed, cost=cost)
    if choice.amount != total([night.undecided for night in quote.nights]):  # erased since (decision 15)
        return phrases.AGREED[language].format(amount=agreed, cost=cost)
    said = phrases.DID_NOT_CHOOSE[language].format(cost=cost)
    if choice.amount < quote.cost:
        said += " " + phrases.CAPPED[language].format(amount=agreed)
    return said
