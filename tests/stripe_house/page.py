"""Draw the payment page: plain forms, no script, nothing fetched from anywhere, plainly not a real one."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

CARDS = {
    "visa": ("4242424242424242", "A card that pays"),
    "declined": ("4000000000000002", "A card that is declined"),
    "insufficient": ("4000000000009995", "A card without enough money"),
    "3ds": ("4000002500003155", "A card whose bank wants to see you"),
}

_STYLE = """
body { margin: 0; background: #f4f4f7; color: #1d1d2b; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border: 1px solid #c9c9d6; }
.test { margin: 0; padding: .5rem 1.5rem; background: #4b2ea8; color: #fff; text-align: center; }
.declined { padding: .5rem 1rem; border-left: .25rem solid #a4001d; background: #fdeef0; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; } label { display: block; padding: .35rem 0; }
button { font: inherit; padding: .6rem 1.2rem; border: 0; background: #4b2ea8; color: #fff; }
a { color: #4b2ea8; }
"""


@dataclass(frozen=True)
class Bill:
    """What the page shows of a session."""

    line_name: str
    amount_minor: int
    currency: str
    email: str | None
    cancel_url: str | None
    is_hold: bool

    @property
    def amount(self) -> str:
        """The sum with its currency."""
        return f"{self.amount_minor // 100}.{self.amount_minor % 100:02d} {self.currency.upper()}"


def card_form(bill: Bill, *, trouble: str = "") -> str:
    """Offer the test cards."""
    choices = "".join(
        f'<label><input type="radio" name="card" value="{name}"{" checked" if name == "visa" else ""}> '
        f"{label} (…{number[-4:]})</label>"
        for name, (number, label) in CARDS.items()
    )
    alert = f'<p class="declined" role="alert">{escape(trouble)}</p>' if trouble else ""
    promise = "The sum is set aside, not yet taken." if bill.is_hold else "The sum is taken at once."
    email = f"<p>E-mail: {escape(bill.email)}</p>" if bill.email else ""
    leave = f'<p><a href="{escape(bill.cancel_url)}">Back, without paying</a></p>' if bill.cancel_url else ""
    return _page(
        f"Pay {bill.amount}",
        f"<p>{escape(bill.line_name)}</p><p>{promise}</p>{email}{alert}"
        f'<form method="post"><fieldset><legend>Test card</legend>{choices}</fieldset>'
        f'<button name="step" value="pay">Pay {bill.amount}</button></form>{leave}',
    )


def bank_form(bill: Bill) -> str:
    """Ask what the guest's bank asks."""
    return _page(
        "Your bank asks",
        f"<p>Is it you who pays {bill.amount}?</p>"
        '<form method="post"><button name="step" value="recognised">Yes, it is me</button> '
        '<button name="step" value="unknown">Fail the check</button></form>',
    )


def closed(reason: str) -> str:
    """Say that this page takes no money any more."""
    return _page("This page is closed", f"<p>{escape(reason)}</p>")


def _page(title: str, content: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – test payment</title><style>{_STYLE}</style></head><body>"
        '<header><p class="test">Test page: no real card, no real money</p></header>'
        f"<main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )
