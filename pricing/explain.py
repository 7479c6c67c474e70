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
from pricing.seasons import SeasonHit, because


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of an account: what for, and how much."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold the account of a price: its nights add up to `total`, its costs to `cost`.

    `rule` says floor, slope and ceiling, `people` who counts for what, `rooms` what the rooms change,
    `seasons` what the seasons of this stay change, `length` what its length does, `choice` what the guest
    decided: sentences, or nothing.
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

    @property
    def sentence(self) -> str:
        """Return all the sentences in one paragraph."""
        parts = (self.rule, self.people, self.rooms, self.seasons, self.length, self.choice)
        return " ".join(part for part in parts if part)


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
        people=_people(grid, quote, language),
        length=_length(grid, quote, language),
        rooms=" ".join(_rooms(grid, quote, language)),
        choice=_choice(quote, choice, language),
    )


def explain_rule(grid: Grid, language: str) -> str:
    """Say the curve in one sentence, the same for everybody, and whether the real cost bounds it."""
    rule = grid.curve.explain(words.check_language(language), grid.currency)
    return f"{rule} {phrases.COST_AT_MOST[language]}" if grid.caps_at_cost else rule


def explain_amounts(grid: Grid, quote: Quote, language: str) -> str:
    """Say what every amount of a stay is made from: the rule, and what people, rooms and seasons change."""
    people, length = _people(grid, quote, language), _length(grid, quote, language)
    changes = (people, *_rooms(grid, quote, language), *_seasons(grid, quote, language), length)
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
    alike: dict[str, list[SeasonHit]] = {}
    for quoted in quote.nights:
        alike.setdefault(quoted.season.code, []).append(quoted.season)
    for hits in alike.values():
        reason = because(hits, language)
        yield _season(grid, hits[0], f" ({reason})" if reason else "", quote.is_resident, language)


def _season(grid: Grid, hit: SeasonHit, reason: str, is_resident: bool, language: str) -> str:
    name = hit.names[language]
    if hit.factor > 1:
        phrase = phrases.SEASON_RESIDENT if is_resident else phrases.SEASON_MORE
    else:
        phrase = phrases.SEASON_LESS if hit.factor < 1 else phrases.SEASON_SAME
    return phrase[language].format(
        season=name[0].upper() + name[1:] + reason,
        change=words.percent(abs(hit.factor - 1), language),
        low=_amount(grid, grid.protection.low, language),
        high=_amount(grid, grid.protection.high, language),
        residents=grid.residents.who[language] if grid.residents else "",
    )


def _people(grid: Grid, quote: Quote, language: str) -> str:
    household, weights = quote.household, grid.scales.weights
    grown_up, small = grown_ups(household.adults, household.children), small_children(household.children)
    said = (
        (phrases.OTHER_ADULTS, weights.other, grown_up > 1),
        (phrases.CHILDREN, weights.child, small > 0),
        (
            phrases.BABIES if weights.baby else phrases.FREE_BABIES,
            weights.baby,
            household.size > grown_up + small,
        ),
    )
    first = _part(weights.first_adult, language)
    return " ".join(
        phrase[language].format(first=first, part=_part(weight, language))
        for phrase, weight, applies in said
        if applies
    )


def _part(weight: Fraction, language: str) -> str:
    return phrases.PARTS[language].get(weight) or words.hundredths(weight, language)


def _length(grid: Grid, quote: Quote, language: str) -> str:
    if not grid.length or not grid.is_long(quote.stay.length):
        return ""
    return phrases.LENGTH[language].format(
        night=grid.length.from_night,
        change=words.percent(grid.length.fraction_off, language),
        floor=_amount(grid, grid.curve.floor, language),
    )


def _rooms(grid: Grid, quote: Quote, language: str) -> Iterator[str]:
    for number, room in enumerate(quote.rooms, 1):
        name = phrases.THE_ROOM[language].format(number=number)
        factor = grid.room_factor(room.type_code)
        if factor != 1:
            shown = name if len(quote.rooms) > 1 else phrases.THIS_ROOM[language]
            yield phrases.ROOM_FACTOR[language].format(factor=words.hundredths(factor, language), room=shown)
        if room.is_beyond_fewest:
            supplement = _supplement(grid, quote, language)
            beyond = phrases.ROOM_BEYOND[language].format(room=name, supplement=supplement)
            yield beyond[0].upper() + beyond[1:]
    step, ceiling = words.amount(grid.price_step, language), words.amount(grid.hard_ceiling, language)
    yield phrases.ROUNDING[language].format(step=step, hard_ceiling=ceiling)


def _supplement(grid: Grid, quote: Quote, language: str) -> str:
    seasons = {quoted.season.code for quoted in quote.nights}
    added = sorted({grid.costs.room_in(season) for season in seasons}, key=lambda cost: cost.minor)
    return " / ".join(words.amount(cost, language) for cost in added)


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
