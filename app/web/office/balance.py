"""The balance of the house: what a year costs and brings, who came, and the step that follows, for people to vote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from babel.dates import format_date
from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.services import balance
from app.services.balance import NothingToAdopt, Outlook
from app.services.rates import current_grid
from app.web.drawings.plots import Line, Plot, draw
from app.web.drawings.portrait import bracket_words
from app.web.filters import LOCALES
from app.web.office.budget_form import open_budget
from app.web.office.door import by_the_manager, in_the_office, office
from app.web.staff import UNPROCESSABLE, Page, actor, house, now, today
from pricing.balance import Draft, NoSlope, describe_solution, describe_worth, reason
from pricing.balance.forecast import ForecastInvalid
from pricing.money import Money
from pricing.words import percent

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class BracketRow:
    """A bracket: whom it is meant for, its part as planned and as seen, and what a grant takes off its night."""

    number: int
    incomes: str
    planned: str
    seen: str
    worth: Money | None


@office.get("/balance", endpoint="balance")
@in_the_office
def show_balance() -> Page:
    """Show what the house rests on and what follows from it."""
    try:
        outlook = balance.look(house(), today=today())
    except (NoSlope, ForecastInvalid) as refusal:
        return render_template("office/balance.html", outlook=None, refusal=type(refusal).__name__)
    if outlook is None:
        return render_template("office/balance.html", outlook=None, refusal="")
    return render_template(
        "office/balance.html",
        outlook=outlook,
        budget=balance.current_budget(house()),
        left=outlook.revenue - outlook.plan.target.amount,
        solution=describe_solution(outlook.solution, outlook.grid.currency, g.language),
        reason=reason(outlook.outcome, g.language),
        is_draft=isinstance(outlook.outcome, Draft),
        worth=describe_worth(outlook.worth, g.language) if outlook.worth else "",
        brackets=tuple(_rows(outlook)),
        mix=_plot(outlook),
        months=[(_month_words(seen), seen.shown) for seen in reversed(outlook.months)],
        risks=[
            (percent(line.margin, g.language), _whole_percent(Fraction(line.deficit)))
            for line in outlook.risks
        ],
    )


@office.route("/balance/year", methods=["GET", "POST"], endpoint="budget")
@in_the_office
def enter_budget() -> Page:
    """Enter what a year costs and brings."""
    grid = current_grid(house(), today()).grid
    known = balance.current_budget(house())
    form = open_budget(
        grid,
        bracket_words(grid, g.language),
        known.plan if known else balance.first_plan(grid),
        g.language,
        request.form if request.method == "POST" else None,
    )
    if request.method == "POST" and form.validate():
        balance.enter_budget(
            house=house(), plan=form.plan(grid), author=current_user.name, actor=actor(), now=now()
        )
        flash(_("The year is kept; the one before stays readable in the books."), "success")
        return redirect(url_for("office.balance"))
    page = render_template("office/budget.html", form=form, known=known)
    return page, UNPROCESSABLE if form.errors else 200


@office.post("/balance/adopt")
@by_the_manager
def adopt() -> Page:
    """Begin the draft that is proposed; nothing changes before it is published."""
    try:
        draft = balance.adopt(
            house(),
            author=current_user.name,
            language=g.language,
            actor=actor(),
            today=today(),
            now=now(),
        )
    except NothingToAdopt:
        flash(_("There is nothing to adopt today: the rate is left alone."), "warning")
        return redirect(url_for("office.balance"))
    flash(_("The draft is begun. Look at it, then publish it when it is voted."), "success")
    return redirect(url_for("office.draft", draft_id=draft.id))


def _rows(outlook: Outlook) -> Iterator[BracketRow]:
    words = bracket_words(outlook.grid, g.language)
    for place, bracket in enumerate(words):
        off = outlook.worth.prices[place] if outlook.worth else None
        yield BracketRow(
            bracket.number,
            bracket.incomes,
            _whole_percent(outlook.planned[place]),
            _whole_percent(outlook.mix[place]),
            Money.nearest(off, outlook.grid.currency) if off is not None else None,
        )


def _plot(outlook: Outlook) -> Plot:
    return draw(
        [
            Line(_("as planned"), "is-old", _shares(outlook.planned)),
            Line(_("with who came"), "is-new", _shares(outlook.mix), has_dots=True),
        ],
        title=_("Who comes, bracket by bracket"),
        x_words=_("bracket, from the lowest"),
        y_words=_("Part of the room nights, in per cent."),
        say_x=lambda number: f"{int(number)}" if 1 <= number <= len(outlook.mix) else "",
        say_y=lambda part: percent(part / HUNDRED, g.language),
    )


def _shares(shares: tuple[Fraction, ...]) -> tuple[tuple[Fraction, Fraction], ...]:
    # Whole per cents, as in the table: a finer drawing would tell more than the words.
    return tuple((Fraction(number), Fraction(_whole(share))) for number, share in enumerate(shares, 1))


def _whole(share: Fraction) -> int:
    return round(share * HUNDRED)


def _whole_percent(share: Fraction) -> str:
    return percent(Fraction(_whole(share), HUNDRED), g.language)


def _month_words(seen: balance.SeenMonth) -> str:
    return str(format_date(seen.month, "LLLL y", locale=LOCALES[g.language]))
