"""Codes of partners: the manager makes them, prints them, withdraws them; nobody knows who used one."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.services import partner_codes
from app.services.partner_codes import CodeCard
from app.services.rates import NoGrid, current_grid
from app.web.drawings.portrait import BracketWords, bracket_words
from app.web.office.code_form import CodeForm
from app.web.office.door import by_the_manager, office
from app.web.staff import UNPROCESSABLE, Page, actor, house, now, today


@office.route("/codes", methods=["GET", "POST"])
@by_the_manager
def codes() -> Page:
    """Show every code with the stays it has opened, and make new ones."""
    brackets = _brackets()
    form = CodeForm(request.form, brackets=brackets, currency=house().currency, today=today())
    if request.method == "POST" and form.validate():
        terms = form.terms()
        partner_codes.make_codes(
            house=house(), terms=terms, count=form.count.data or 1, actor=actor(), now=now()
        )
        flash(_("The codes are made. Print them, and hand them over."), "success")
        return redirect(url_for("office.codes"))
    page = render_template(
        "office/codes.html",
        form=form,
        codes=_list(),
        incomes={bracket.number: bracket.incomes for bracket in brackets},
        day=today(),
    )
    return page, UNPROCESSABLE if form.errors else 200


@office.get("/codes/print")
@by_the_manager
def print_codes() -> Page:
    """Print the codes that still open a stay, to be cut out; a card says neither price nor reason."""
    return render_template(
        "office/print_codes.html", codes=[code for code in _list() if code.is_open(today())]
    )


@office.post("/codes/<int:code_id>/withdraw")
@by_the_manager
def withdraw_code(code_id: int) -> Page:
    """Withdraw a code; the stays that it opened stay as they are."""
    if not partner_codes.withdraw(house=house(), code_id=code_id, actor=actor(), now=now()):
        abort(404)
    flash(_("The code is withdrawn."), "success")
    return redirect(url_for("office.codes"))


def _list() -> tuple[CodeCard, ...]:
    return partner_codes.list_codes(house(), now=now())


def _brackets() -> tuple[BracketWords, ...]:
    try:
        return bracket_words(current_grid(house(), today()).grid, g.language)
    except NoGrid:
        return ()
