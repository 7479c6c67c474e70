"""The solidarity fund: month by month for those who keep the books, grants entered by the treasurer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from babel.dates import format_date
from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.services import fund
from app.services.fund import GrantNotFound, GrantReversed
from app.web.drawings.plots import Line, Plot, draw
from app.web.filters import LOCALES, money
from app.web.guest.forms.fields import write_amount
from app.web.office.door import by_the_treasurer, in_the_office, office
from app.web.office.grant_form import GrantForm
from app.web.staff import UNPROCESSABLE, Page, actor, house, now, today
from pricing.fund import Statement
from pricing.money import Money
from pricing.periods import Period, Span

CSV_DELIMITERS = {"fr": ";", "en": ","}  # what a spreadsheet of each language takes for a column


@office.get("/fund", endpoint="fund")
@in_the_office
def show_fund() -> Page:
    """Show a year of the fund to manager and treasurer."""
    return _page(GrantForm(currency=house().currency, today=today(), data={"received_on": today()}))


@office.post("/fund/grants")
@by_the_treasurer
def enter_grant() -> Page:
    """Enter a grant that has come."""
    form = GrantForm(request.form, currency=house().currency, today=today())
    if not form.validate():
        return _page(form), UNPROCESSABLE
    fund.enter_grant(house=house(), grant=form.grant, actor=actor(), today=today(), now=now())
    flash(_("The grant stands in the fund."), "success")
    return redirect(url_for("office.fund"))


@office.post("/fund/grants/<int:entry_id>/reverse")
@by_the_treasurer
def reverse_grant(entry_id: int) -> Page:
    """Undo a grant that was a mistake."""
    try:
        fund.reverse_grant(house=house(), entry_id=entry_id, actor=actor(), today=today(), now=now())
    except GrantNotFound:
        abort(404)
    except GrantReversed:
        flash(_("This grant has been undone already."), "warning")
    else:
        flash(_("The grant is undone; both entries stay readable."), "success")
    return redirect(url_for("office.fund"))


@office.get("/fund/<int:year>.csv")
@in_the_office
def fund_csv(year: int) -> Response:
    """Hand out a year of the fund as a table for a spreadsheet."""
    ledger = fund.ledger_of(house())
    if not 1 <= year <= today().year:
        abort(404)
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=CSV_DELIMITERS.get(g.language, ","))
    sheet.writerow([_("Month"), *_headings(), _("Balance")])
    for told in fund.months(ledger, year, today=today()):
        amounts = (write_amount(amount, g.language) for amount in (*_sums(told), told.closing))
        sheet.writerow([str(told.period), *amounts])
    return Response(
        "\ufeff" + text.getvalue(),  # the mark by which a spreadsheet knows UTF-8
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="fund-{year}.csv"'},
    )


def _page(form: GrantForm) -> str:
    ledger = fund.ledger_of(house())
    years = tuple(sorted({*fund.years(ledger), today().year}, reverse=True))
    year = request.args.get("year", today().year, type=int)
    if year not in years:
        abort(404)
    months = fund.months(ledger, year, today=today())
    alert = fund.alert(house())
    return render_template(
        "office/fund.html",
        form=form,
        balance=ledger.balance,
        alert=alert.sentence(g.language) if alert else "",
        year=year,
        years=years,
        headings=_headings(),
        rows=[(_period_words(told.period), _sums(told), told.closing) for told in months],
        plot=_plot(fund.twelve_months(ledger, months[-1])),
        grants=fund.list_grants(house()),
        published=[(_period_words(told.period), told.sums) for told in fund.published(house(), today())],
    )


def _headings() -> tuple[str, ...]:
    return (
        _("Guests paid"),
        _("Aids"),
        _("Gifts"),
        _("Grants"),
        _("Cost of the stays"),
        _("Change of the fund"),
    )


def _sums(told: Statement) -> tuple[Money, ...]:
    return told.paid, told.aids, told.gifts, told.grants, told.cost, told.change


def _plot(months: tuple[Statement, ...]) -> Plot:
    return draw(
        [Line(_("balance"), "is-new", tuple(_points(months)), has_dots=True)],
        title=_("What the fund holds"),
        x_words=_("first day of the month"),
        y_words=_("Balance of the fund over twelve months, in euros."),
        say_x=lambda months_gone: _month_after(months[0].period, int(months_gone)),
        say_y=lambda euros: money(Money.nearest(euros, house().currency), g.language),
    )


def _points(months: tuple[Statement, ...]) -> Iterator[tuple[Fraction, Fraction]]:
    yield Fraction(0), Fraction(months[0].opening.decimal)
    for number, told in enumerate(months, 1):
        yield Fraction(number), Fraction(told.closing.decimal)


def _month_after(first: Period, months_gone: int) -> str:
    year, month = divmod(first.number - 1 + months_gone, 12)
    return str(
        format_date(Period.month(first.year + year, month + 1).start, "MMM", locale=LOCALES[g.language])
    )


def _period_words(period: Period) -> str:
    if period.span is Span.YEAR:
        return str(period.year)
    pattern = "LLLL y" if period.span is Span.MONTH else "QQQ y"
    return str(format_date(period.start, pattern, locale=LOCALES[g.language]))
