"""The price said so that a child can follow: how many nights, how much each, and that together it is enough.

The words are the same for everybody, whatever rung was chosen (decision 9).
"""

from collections import Counter
from datetime import date

from pricing import words
from pricing.aids import AidedPrice
from pricing.choice import Choice
from pricing.explain import plain_phrases as phrases
from pricing.money import Money
from pricing.quoted import Quote

MOST_AMOUNTS = 3


def tell_plainly(quote: Quote, choice: Choice, paid: AidedPrice, language: str) -> str:
    """Say in short sentences what the nights cost the guest, what they cost the house, and who pays."""
    is_one = quote.stay.length == 1
    said = [_nights(quote, choice, language)]
    cost = words.amount(quote.cost, language)
    said.append((phrases.HOUSE_ONE if is_one else phrases.HOUSE_MANY)[language].format(cost=cost))
    said.append(phrases.TOGETHER[language])
    if paid.lines:
        aided, left = words.amount(paid.aided, language), words.amount(paid.to_pay, language)
        said.append(phrases.OTHERS[language].format(aided=aided, left=left))
    return " ".join(said)


def _nights(quote: Quote, choice: Choice, language: str) -> str:
    count, amount = quote.stay.length, words.amount(choice.amount, language)
    if count == 1:
        return phrases.ONE_NIGHT[language].format(amount=amount)
    alike = Counter(_by_night(choice).values())
    if choice.is_free_amount or len(alike) > MOST_AMOUNTS:
        return phrases.IN_ALL[language].format(count=count, amount=amount)
    if len(alike) == 1:
        each = words.amount(next(iter(alike)), language)
        return phrases.EACH_NIGHT[language].format(count=count, each=each, amount=amount)
    parts = [
        (phrases.NIGHT_AT if nights == 1 else phrases.NIGHTS_AT)[language].format(
            count=nights, each=words.amount(each, language)
        )
        for each, nights in sorted(alike.items(), key=lambda pair: -pair[1])
    ]
    listed = phrases.AND[language].join((", ".join(parts[:-1]), parts[-1]))
    return phrases.NIGHTS[language].format(count=count, parts=listed, amount=amount)


def _by_night(choice: Choice) -> dict[date, Money]:
    by_night: dict[date, Money] = {}
    for priced in choice.nights:
        before = by_night.get(priced.night)
        by_night[priced.night] = before + priced.chosen if before else priced.chosen
    return by_night
