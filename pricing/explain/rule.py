"""What every amount of a stay is made from: the rule for all, and what people, rooms, seasons and length change."""

from collections.abc import Iterator
from fractions import Fraction

from pricing import phrases, words
from pricing.grid import Grid
from pricing.household import grown_ups, small_children
from pricing.ladder import Rung
from pricing.money import Money
from pricing.quoted import Quote
from pricing.room_request import RoomRequest
from pricing.seasons import SeasonHit, because


def explain_rule(grid: Grid, language: str) -> str:
    """Say the curve in one sentence, the same for everybody, and whether the real cost bounds it."""
    rule = grid.curve.explain(words.check_language(language), grid.currency)
    return f"{rule} {phrases.COST_AT_MOST[language]}" if grid.caps_at_cost else rule


def explain_amounts(grid: Grid, quote: Quote, language: str) -> str:
    """Say what every amount of a stay is made from: the rule, and what people, rooms and seasons change."""
    people, length = tell_people(grid, quote, language), tell_length(grid, quote, language)
    changes = (people, *tell_rooms(grid, quote, language), *tell_seasons(grid, quote, language), length)
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


def tell_seasons(grid: Grid, quote: Quote, language: str) -> Iterator[str]:
    """Say of each season of a stay what it changes, which rule won, and rather than which."""
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
        season=_sentence(name) + reason,
        change=words.percent(abs(hit.factor - 1), language),
        low=_amount(grid, grid.protection.low, language),
        high=_amount(grid, grid.protection.high, language),
        residents=grid.residents.who[language] if grid.residents else "",
    )


def tell_people(grid: Grid, quote: Quote, language: str) -> str:
    """Say what each of the household counts for."""
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


def tell_length(grid: Grid, quote: Quote, language: str) -> str:
    """Say what a long stay takes off; nothing for one that is not long."""
    if not grid.length or not grid.is_long(quote.stay.length):
        return ""
    return phrases.LENGTH[language].format(
        night=grid.length.from_night,
        change=words.percent(grid.length.fraction_off, language),
        floor=_amount(grid, grid.curve.floor, language),
    )


def tell_rooms(grid: Grid, quote: Quote, language: str) -> Iterator[str]:
    """Say what each room changes, and how a night is rounded."""
    naming = phrases.THE_ROOM if len(quote.rooms) > 1 else phrases.THIS_ROOM
    for number, room in enumerate(quote.rooms, 1):
        name = naming[language].format(number=number)
        factor = grid.room_factor(room.type_code)
        if factor != 1:
            yield phrases.ROOM_FACTOR[language].format(factor=words.hundredths(factor, language), room=name)
        if room.is_beyond_fewest:
            supplement = _supplement(grid, quote, room, language)
            beyond = phrases.ROOM_BEYOND[language].format(room=name, supplement=supplement)
            yield _sentence(beyond)
        if room.is_shared:
            yield _sentence(phrases.ROOM_SHARED[language].format(room=name, count=room.parts))
    step, ceiling = words.amount(grid.price_step, language), words.amount(grid.hard_ceiling, language)
    yield phrases.ROUNDING[language].format(step=step, hard_ceiling=ceiling)


def _sentence(said: str) -> str:
    return said[0].upper() + said[1:]


def _supplement(grid: Grid, quote: Quote, room: RoomRequest, language: str) -> str:
    seasons = {quoted.season.code for quoted in quote.nights}
    costs = {room.part_of(grid.costs.room_in(season)) for season in seasons}
    added = sorted(costs, key=lambda cost: cost.minor)
    return " / ".join(words.amount(cost, language) for cost in added)


def _amount(grid: Grid, value: Fraction, language: str) -> str:
    return words.amount(Money.nearest(value, grid.currency), language)
