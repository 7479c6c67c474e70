"""What guests see, in the order in which they see it."""

from __future__ import annotations

from sqlalchemy import select

from app.database import session
from app.models import Property
from tests.browser import guest_steps
from tests.browser.gallery.shots import Shot, Show, as_guest, at, fresh_trip, on_price, on_review, press, then
from tests.browser.open_house import MANY
from tests.browser.visitor import Visitor
from tests.cast import NOW
from tests.services.bookings.lapsed import add_lapsed, remove_lapsed

OF_A_BOOKING = {
    "proved": "Lotte Claes",
    "requested": "Nadia Lefebvre",
    "to_call": "René Kaczmarek",
    "confirmed": "Alice Delattre",
    "price_open": "Simone Carlier",
    "in_house": "Bob Wright",
}
ENDED = ("checked_out", "cancelled", "declined", "expired", "no_show")


def rooms_for(adults: int, children: str = "", arrival: str = "", departure: str = "") -> Show:
    """Show what is free for a party, on new dates or on given ones."""

    def show(visitor: Visitor) -> None:
        stay, _person = fresh_trip()
        first, until = arrival or stay.arrival.isoformat(), departure or stay.departure.isoformat()
        visitor.open(f"/rooms?arrival={first}&departure={until}&adults={adults}&children={children}")

    return show


def own_amount(amount: str) -> Show:
    """Write an amount of one's own."""

    def write(visitor: Visitor) -> None:
        visitor.page.get_by_text(visitor.say("Another amount"), exact=True).click()
        visitor.page.locator("#rung-other").check()
        visitor.page.locator("#amount").fill(amount)
        visitor.button("Continue").click()

    return write


def open_everything(visitor: Visitor) -> None:
    """Open every part of the page that opens."""
    visitor.page.locator("details").evaluate_all("parts => parts.forEach(part => part.open = true)")


def on_who(visitor: Visitor) -> None:
    """Walk to the question of who comes."""
    on_price(visitor)
    guest_steps.pick_price(visitor)


def wrong_who(visitor: Visitor) -> None:
    """Leave out the name and mistype the rest."""
    on_who(visitor)
    visitor.field("E-mail address").fill("ada@post")
    visitor.field("Telephone").fill("call me")
    visitor.button("Review my request").click()


def while_most_lapse(visitor: Visitor, **details: str) -> None:
    """Say who comes while the holds of others lapse, one after the other."""
    on_who(visitor)
    for label, text in {"Your name": "Ada Verlinden", **details}.items():
        visitor.field(label).fill(text)
    with visitor.house.app.app_context():
        maison = session.scalars(select(Property)).one()
        add_lapsed(maison, int(MANY), now=NOW)
        visitor.button("Review my request").click()
        remove_lapsed()


def link_mailed(visitor: Visitor) -> None:
    """Leave an e-mail address while most holds lapse."""
    address = fresh_trip()[1].email
    while_most_lapse(visitor, **{"E-mail address": address})


def no_mailbox(visitor: Visitor) -> None:
    """Leave a telephone number alone while most holds lapse."""
    while_most_lapse(visitor, Telephone="06 12 34 56 78")


def behind_the_link(visitor: Visitor) -> None:
    """Open the mailed link, as the demo shows it."""
    link_mailed(visitor)
    visitor.page.locator(".letter a[href*='/l/keep/']").click()


def waiting_for_the_mail(visitor: Visitor) -> None:
    """Send a request without a card."""
    on_review(visitor)
    visitor.button("Send my request (no commitment)").click()


def at_the_processor(visitor: Visitor) -> None:
    """Order by card, and look at the processor's page."""
    on_review(visitor)
    visitor.button("Book – you must pay if the house confirms").click()


def turned_back(visitor: Visitor) -> None:
    """Come back from the processor's page without paying."""
    at_the_processor(visitor)
    visitor.page.get_by_role("link", name="Back, without paying").click()


def payment_unclear(visitor: Visitor) -> None:
    """Pay while the processor tells us nothing."""
    at_the_processor(visitor)
    stripe = visitor.house.stripe
    stripe.break_next("GET", "/v1/checkout/sessions/*", "status", times=9)
    visitor.page.get_by_role("button", name="Pay").click()
    visitor.page.wait_for_url(f"{visitor.house.url}/**")
    stripe.release()


def processor_closed(visitor: Visitor) -> None:
    """Order by card while the processor is out of order."""
    on_review(visitor)
    stripe = visitor.house.stripe
    stripe.break_next("POST", "/v1/checkout/sessions", "status", times=9)
    visitor.button("Book – you must pay if the house confirms").click()
    stripe.release()


def back_elsewhere(visitor: Visitor) -> None:
    """Come back from the processor in a browser that knows nothing."""
    visitor.open("/bookings/ABCDEFGH23/payment/return")


def find_link(visitor: Visitor) -> None:
    """Ask for the link again."""
    visitor.open("/find")
    visitor.field("Booking number").fill("ABCDEFGH23")
    visitor.field("E-mail address").fill("ada@post.example")
    visitor.button("Mail me the link").click()


def letter(visitor: Visitor) -> None:
    """Read what the demo would have mailed."""
    as_guest(guest_name="Alice Delattre")(visitor)
    visitor.page.locator("a[href*='/letters/']").first.click()


GUEST = (
    Shot("guest.home", "guest/home.html", at("/")),
    Shot("guest.rooms", "guest/all_rooms.html", at("/rooms")),
    Shot("guest.rooms", "guest/all_rooms.html", then(at("/"), press("See the rooms")), "errors"),
    Shot("guest.rooms", "guest/rooms.html", rooms_for(2)),
    Shot("guest.rooms", "guest/rooms.html", rooms_for(2, "4,7,11"), "combinations"),
    Shot("guest.rooms", "guest/rooms.html", rooms_for(4, "", "2026-11-23", "2026-11-26"), "nothing_free"),
    Shot("guest.rooms", "guest/rooms.html", rooms_for(10, "1,2,3,4,5,6"), "many"),
    Shot("guest.rooms", "guest/not_sold.html", rooms_for(2, "", "2031-05-01", "2031-05-03"), "no_rate"),
    Shot("guest.rooms", "guest/not_sold.html", rooms_for(2, "", "2027-05-01", "2027-08-01"), "too_long"),
    Shot("guest.price", "guest/price.html", on_price),
    Shot("guest.price", "guest/price.html", then(on_price, open_everything), "opened"),
    Shot("guest.price", "guest/price.html", then(on_price, press("Continue")), "unchosen"),
    Shot("guest.price", "guest/price.html", then(on_price, own_amount("1")), "below_minimum"),
    Shot("guest.who", "guest/who.html", on_who),
    Shot("guest.who", "guest/who.html", wrong_who, "errors"),
    Shot("guest.keep", "guest/link_sent.html", link_mailed),
    Shot("guest.keep", "guest/keep.html", behind_the_link),
    Shot("guest.who", "guest/keep_by_telephone.html", no_mailbox),
    Shot("guest.review", "guest/review.html", on_review),
    Shot("guest.booking", "guest/booking.html", waiting_for_the_mail, "waiting"),
    *(
        Shot("guest.booking", "guest/booking.html", as_guest(guest_name=name), variant)
        for variant, name in OF_A_BOOKING.items()
    ),
    *(Shot("guest.booking", "guest/booking.html", as_guest(status=status), status) for status in ENDED),
    Shot("guest.booking_price", "guest/price.html", as_guest("/price", "Simone Carlier"), "of_booking"),
    Shot("guest.why", "guest/why.html", as_guest("/why", "Alice Delattre")),
    Shot("guest.word", "guest/word.html", as_guest("/word", status="checked_out")),
    Shot(
        "guest.word",
        "guest/word.html",
        then(as_guest("/word", status="checked_out"), press("Send to the manager")),
        "errors",
    ),
    Shot("guest.how_prices", "guest/how_prices.html", at("/prices/how")),
    Shot("guest.cancel", "guest/cancel.html", as_guest("/cancel", "Nadia Lefebvre")),
    Shot("guest.cancel", "guest/cancel.html", as_guest("/cancel", "Alice Delattre"), "late"),
    Shot("guest.payment", "guest/payment_open.html", turned_back),
    Shot("guest.payment_return", "guest/payment_wait.html", payment_unclear),
    Shot("guest.payment_return", "guest/payment_back.html", back_elsewhere),
    Shot("guest.order", "guest/payment_trouble.html", processor_closed),
    Shot("guest.find", "guest/find.html", at("/find")),
    Shot("guest.find", "guest/find.html", then(at("/find"), press("Mail me the link")), "errors"),
    Shot("guest.find", "guest/find_sent.html", find_link),
    Shot("guest.letter", "guest/letter.html", letter),
    *(
        Shot(f"guest.{page}", f"guest/{page}.html", at(f"/{page}"))
        for page in ("prices", "terms", "privacy", "accessibility", "legal")
    ),
)
