"""The question of the price: a row of the ladder, an amount of one's own, or neither (decisions 9 and 10)."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField

from app.services.bookings import PriceChoice
from app.web.guest.forms.fields import AmountField, write_amount
from pricing.money import Money
from pricing.quote import Quote

OTHER = "other"
UNDECIDED = "undecided"
LARGEST_TIMES_HIGHEST = 10


class PriceForm(Form):
    """Ask which price suits the guest; nothing is preselected, and nothing below the minimum is an error.

    `rung` carries the amount of a row in minor units, "other" for an amount of one's own, or "undecided".
    """

    rung = StringField(id="rung-0")
    amount = AmountField(
        _l("Your amount for the whole stay, in euros"), render_kw={"inputmode": "decimal", "maxlength": "20"}
    )

    gift = AmountField(
        _l("Somebody else's night: a gift beside your price, in euros"),
        render_kw={"inputmode": "decimal", "maxlength": "20", "autocomplete": "off"},
    )
    code = StringField(
        _l("Code of a partner"),
        render_kw={
            "maxlength": "20",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount.currency = self.gift.currency = currency
        self.is_below_minimum = False

    def repeat(self, amount: Money, quote: Quote, language: str) -> None:
        """Show what the guest themselves chose a page ago: a row of the ladder, else an amount of their own."""
        if any(rung.amount == amount for rung in quote.ladder):
            self.rung.data = str(amount.minor)
        else:
            self.rung.data = OTHER
            self.amount.raw_data = [write_amount(amount, language)]

    def choose(self, quote: Quote) -> PriceChoice | None:
        """Return the choice, or None: then errors say why, or `is_below_minimum` that there is something to offer."""
        self.validate()
        self._refuse_vast_gift(quote)
        picked = self.rung.data or (OTHER if self.amount.raw_data and self.amount.raw_data[0].strip() else "")
        if picked == UNDECIDED:
            return PriceChoice()
        if picked == OTHER:
            return self._own_amount(quote)
        self.amount.errors = ()
        choice = self._row(picked, quote)
        if choice is not None and self.amount.data is not None and self.amount.data.minor != int(picked):
            self.rung.errors = (_("You ticked one amount and wrote another. Which of them is it?"),)
            return None
        return choice

    def forgive_price(self) -> None:
        """Ask for no price: a partner's code has chosen it, or is to be put right first."""
        self.rung.errors = self.amount.errors = ()
        self.is_below_minimum = False

    def _refuse_vast_gift(self, quote: Quote) -> None:
        if self.gift.data is not None and self.gift.data > quote.highest * LARGEST_TIMES_HIGHEST:
            self.gift.errors = (
                _("This is very much. Is there a figure too many? For such a gift, call us."),
            )

    def _row(self, picked: str, quote: Quote) -> PriceChoice | None:
        for rung in quote.ladder:
            if picked == str(rung.amount.minor):
                return PriceChoice(bracket=rung.bracket) if rung.bracket else PriceChoice(amount=rung.amount)
        said = _("The prices have changed in the meantime. Please look at them again.")
        self.rung.errors = (
            said if picked else _("Choose the amount that suits you. We choose none for you."),
        )
        return None

    def _own_amount(self, quote: Quote) -> PriceChoice | None:
        amount: Money | None = self.amount.data
        if self.amount.errors:
            return None
        if amount is None:
            self.amount.errors = (_("Write the amount that you would like to pay for the whole stay."),)
        elif amount < quote.minimum:
            self.is_below_minimum = True
        elif amount > quote.highest * LARGEST_TIMES_HIGHEST:
            self.amount.errors = (_("This is very much. Is there a figure too many? For a gift, call us."),)
        else:
            return PriceChoice(amount=amount)
        return None
