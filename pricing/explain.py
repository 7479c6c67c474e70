"""The explanation: where a price comes from, line by line, in French and English; never a guest's income."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pricing import phrases, words
from pricing.choice import Choice
from pricing.grid import Grid
from pricing.household import grown_ups, small_children
from pricing.money import Money
from pricing.quote import Quote, Rung
from pricing.seasons import SeasonHit


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of an account: what for, and how much."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold the account of a price: its nights add up to `total`, its costs to `cost`.

    `rule` says floor, slope and ceiling, `people` who counts for what, `rooms` what the rooms change,
    `seasons` what the seasons of this stay change, `choice` what the guest decided: sentences, or nothing.
    """

    nights: tuple[Line, ...]
    total: Money
    costs: tuple[Line, ...]
    cost: Money
    rule: str
    seasons: str
    people: str
    rooms: str
    choice: str

    @property
    def sentence(self) -> str:
        """Return all the sentences in one paragraph."""
        return " ".join(
            part for part in (self.rule, self.people, self.rooms, self.seasons, self.choice) if part
        )


def explain(grid: Grid, quote: Quote, choice: Choice, language: str) -> Explanation:
    """Account for an agreed price. Raises: UnknownLanguage; ValueError for a quote of another grid."""
    words.check_language(language)
    if quote.grid_hash != grid.hash:
        raise ValueError(f"the quote was made under another grid than version {grid.version}")
    return Explanation(
        nights=tuple(_nights(quote, choice, language)),
        total=choice.amount,
        costs=tuple(Line(phrases.COSTS[language][line.code], line.amount) for line in quote.cost_lines),
        cost=quote.cost,
        rule=explain_rule(grid, language),
        seasons=" ".join(_seasons(grid, quote, language)),
        people=_people(quote, language),
        rooms=" ".join(_rooms(grid, quote, language)),
        choice=_choice(quote, choice, language),
    )


def explain_rule(grid: Grid, language: str) -> str:
    """Say floor, slope and ceiling in one sentence, the same for everybody."""
    curve = grid.curve
    return phrases.RULE[words.check_language(language)].format(
        floor=_amount(grid, curve.floor, language),
        slope=_amount(grid, curve.slope * 100, language),
        hundred=_amount(grid, Fraction(100), language),
        protected=_amount(grid, curve.protected_income, language),
        ceiling=_amount(grid, curve.ceiling, language),
    )


def explain_amounts(grid: Grid, quote: Quote, language: str) -> str:
    """Say what every amount of a stay is made from: the rule, and what people, rooms and seasons change."""
    changes = (_people(quote, language), *_rooms(grid, quote, language), *_seasons(grid, quote, language))
    return " ".join(part for part in (explain_rule(grid, language), *changes) if part)


def describe_income(rung: Rung, language: str) -> str:
    """Say, in a few neutral words, the monthly income of a household like this one that a rung is meant for.

    Empty for the real cost alone, and for a rung that holds every income.
    """
    phrase = phrases.INCOMES[words.check_language(language)][
        rung.income_from is not None, rung.income_to is not None
    ]
    edges = {"low": rung.income_from, "high": rung.income_to}
    return phrase.format(**{name: words.amount(edge, language) for name, edge in edges.items() if edge})


def _amount(grid: Grid, value: Fraction, language: str) -> str:
    return words.amount(Money.nearest(value, grid.currency), language)


def _nights(quote: Quote, choice: Choice, language: str) -> Iterator[Line]:
    for quoted, priced in zip(quote.nights, choice.nights, strict=True):
        parts = [words.day(quoted.night, language), quoted.season.names[language]]
        if len(quote.rooms) > 1:
            parts.append(phrases.ROOM[language].format(number=quoted.room_index + 1))
        yield Line(", ".join(parts), priced.chosen)


def _seasons(grid: Grid, quote: Quote, language: str) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    hits = {quoted.season.code: quoted.season for quoted in quote.nights}
    for quoted in quote.nights:
        said = reasons.setdefault(quoted.season.code, [])
        reason = quoted.season.reasons.get(language)
        if reason and reason not in said:
            said.append(reason)
    for code, hit in hits.items():
        because = f" ({', '.join(reasons[code])})" if reasons[code] else ""
        yield _season(grid, hit, because, quote.is_resident, language)


def _season(grid: Grid, hit: SeasonHit, because: str, is_resident: bool, language: str) -> str:
    name = hit.names[language]
    if hit.factor > 1:
        phrase = phrases.SEASON_RESIDENT if is_resident else phrases.SEASON_MORE
    else:
        phrase = phrases.SEASON_LESS if hit.factor < 1 else phrases.SEASON_SAME
    return phrase[language].format(
        season=name[0].upper() + name[1:] + because,
        change=words.percent(abs(hit.factor - 1), language),
        low=_amount(grid, grid.protection.low, language),
        high=_amount(grid, grid.protection.high, language),
    )


def _people(quote: Quote, language: str) -> str:
    household = quote.household
    grown_up, small = grown_ups(household.adults, household.children), small_children(household.children)
    said = (
        (phrases.OTHER_ADULTS, grown_up > 1),
        (phrases.CHILDREN, small > 0),
        (phrases.BABIES, household.size > grown_up + small),
    )
    return " ".join(phrase[language] for phrase, applies in said if applies)


def _rooms(grid: Grid, quote: Quote, language: str) -> Iterator[str]:
    for number, room in enumerate(quote.rooms, 1):
        name = phrases.THE_ROOM[language].format(number=number)
        factor = grid.room_factor(room.type_code)
        if factor != 1:
            shown = name if len(quote.rooms) > 1 else phrases.THIS_ROOM[language]
            yield phrases.ROOM_FACTOR[language].format(factor=words.hundredths(factor, language), room=shown)
        if room.is_beyond_fewest:
            supplement = words.amount(grid.costs.room, language)
            beyond = phrases.ROOM_BEYOND[language].format(room=name, supplement=supplement)
            yield beyond[0].upper() + beyond[1:]
    step, ceiling = words.amount(grid.price_step, language), words.amount(grid.hard_ceiling, language)
    yield phrases.ROUNDING[language].format(step=step, hard_ceiling=ceiling)


def _choice(quote: Quote, choice: Choice, language: str) -> str:
    agreed, cost = words.amount(choice.amount, language), words.amount(quote.cost, language)
    if choice.bracket is not None:
        phrase = phrases.CHOSE_AMOUNT if choice.is_free_amount else phrases.CHOSE_RUNG
        if choice.amount == quote.cost:
            phrase = phrases.CHOSE_COST
        return phrase[language].format(amount=agreed, cost=cost)
    said = phrases.DID_NOT_CHOOSE[language].format(cost=cost)
    if choice.amount < quote.cost:
        said += " " + phrases.CAPPED[language].format(amount=agreed)
    return said
