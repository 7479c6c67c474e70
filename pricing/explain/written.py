"""An account as plain text: the table of its nights, of its costs, who pays, and the sentences below."""

from collections.abc import Iterator, Sequence

from pricing import phrases, words
from pricing.explain.account import Explanation, Line
from pricing.money import Money

GAP = "  "
Row = tuple[str, ...]


def written(account: Explanation, language: str) -> str:
    """Write an account for a reader of plain text, one table a paragraph. Raises: UnknownLanguage."""
    names = phrases.TABLE[words.check_language(language)]
    tables = [_nights(account, names, language), _costs(account, names, language)]
    if account.aids:
        tables.append(_aids(account, names, language))
    paragraphs = ["\n".join(table) for table in tables]
    return "\n\n".join([*paragraphs, account.sentence, account.plainly]) + "\n"


def _nights(account: Explanation, names: dict[str, str], language: str) -> Iterator[str]:
    head = tuple(names[key] for key in ("night", "room", "season", "change", "reason", "cost", "price"))
    rows = [
        (row.night, row.room, row.season, row.change, row.reason, *_amounts((row.cost, row.price), language))
        for row in account.table
    ]
    foot = (names["total"], "", "", "", "", *_amounts((account.cost, account.total), language))
    used = [place for place in range(len(head)) if any(row[place] for row in rows)]
    yield from _aligned([tuple(row[place] for place in used) for row in (head, *rows, foot)], amounts=2)


def _costs(account: Explanation, names: dict[str, str], language: str) -> Iterator[str]:
    yield from _listed((*account.costs, Line(names["real_cost"], account.cost)), language)


def _aids(account: Explanation, names: dict[str, str], language: str) -> Iterator[str]:
    agreed, left = (words.amount(amount, language) for amount in (account.total, account.to_pay))
    aids = [(line.label, f"\N{MINUS SIGN}{words.amount(line.amount, language)}") for line in account.aids]
    yield from _aligned([(names["agreed"], agreed), *aids, (names["to_pay"], left)], amounts=1)


def _listed(lines: Sequence[Line], language: str) -> Iterator[str]:
    rows = [(line.label, *_amounts((line.amount,), language)) for line in lines]
    yield from _aligned(rows, amounts=1)


def _amounts(amounts: Sequence[Money], language: str) -> Row:
    return tuple(words.amount(amount, language) for amount in amounts)


def _aligned(rows: Sequence[Row], amounts: int) -> Iterator[str]:
    """Write rows under one another, the last columns to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    first_amount = len(widths) - amounts
    for row in rows:
        cells = [
            cell.rjust(width) if place >= first_amount else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield GAP.join(cells).rstrip(" ")
