"""What reception sees: the day, the planning, a booking and everything that is done with it."""

from __future__ import annotations

from sqlalchemy import select

from app.database import session
from app.models import ClaimKind, PaymentMethod, Room, RoomType
from app.services import bookings, folios, inventory
from pricing.stay import Stay
from tests.browser.gallery.shots import Shot, Show, at, book_double, fresh_trip, press, reference_of, then
from tests.browser.guest_steps import Person
from tests.browser.visitor import Visitor
from tests.cast import NOW

FREE_NIGHTS = "arrival=2027-10-04&departure=2027-10-06&adults=2"
SOLD_NIGHTS = "arrival=2026-11-23&departure=2026-11-26&adults=4"
OTHER_DATES = "arrival=2027-10-04&departure=2027-10-07"
SHEETS = {
    "requested": "Nadia Lefebvre",
    "late": "Maxime Tison",
    "arriving": "Charlie Morel",
    "in_house": "Bob Wright",
    "price_open": "Simone Carlier",
    "optional": "Lotte Claes",
}


def of(guest_name: str = "", page: str = "", status: str = "") -> Show:
    """Show the sheet of a booking, or a page behind it."""
    return lambda visitor: visitor.open(
        f"/desk/bookings/{reference_of(visitor.house, guest_name, status)}{page}"
    )


def sign_in_wrongly(visitor: Visitor) -> None:
    """Knock with a password that is none."""
    visitor.open("/desk/login")
    visitor.field("E-mail address").fill("samir@maison-ingenieur.example")
    visitor.field("Password").fill("abracadabra")
    visitor.button("Sign in").click()


def room_still_taken(visitor: Visitor) -> None:
    """Check in Charlie, whose room Bob has not left."""
    of("Charlie Morel")(visitor)
    visitor.button("Check in").click()


def reverse(visitor: Visitor) -> None:
    """Undo the payment of a stay that is over."""
    of("", "/payment", "checked_out")(visitor)
    visitor.link("reverse…").click()


def wrong_payment(visitor: Visitor) -> None:
    """Take nothing."""
    of("Bob Wright", "/payment")(visitor)
    visitor.field("Amount in euros").fill("nothing")
    visitor.button("Write the payment down").click()


def to_give_back(visitor: Visitor) -> None:
    """Open the account of somebody who paid in cash, and whom the house had to cancel."""
    stay, person = fresh_trip()
    with visitor.house.app.app_context():
        reference = pay_and_cancel(stay, person)
    visitor.open(f"/desk/bookings/{reference}/payment")


def pay_and_cancel(stay: Stay, person: Person) -> str:
    """Book, pay in cash and cancel through the services; return the number."""
    house, booking = book_double(stay, person)
    paid = folios.balance(booking)
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=paid, actor="user:1", now=NOW
    )
    bookings.cancel(house=house, booking=booking, actor="user:1", reason="leak", now=NOW)
    return booking.reference


def cancelled(visitor: Visitor) -> Stay:
    """Ask whether somebody who was cancelled comes after all."""
    stay, person = fresh_trip()
    with visitor.house.app.app_context():
        reference = pay_and_cancel(stay, person)
    visitor.open(f"/desk/bookings/{reference}/reinstate")
    return stay


def reinstated_too_late(visitor: Visitor) -> None:
    """Ask it when every room of the kind has been taken."""
    stay = cancelled(visitor)
    with visitor.house.app.app_context():
        rooms = session.scalars(select(Room).join(RoomType).where(RoomType.code == "double"))
        for room in rooms.all():
            inventory.take_free(
                property_id=room.property_id, room_id=room.id, kind=ClaimKind.BLOCK, stay=stay, now=NOW
            )
        session.commit()
    visitor.button("Yes, they come").click()


def give_too_much(visitor: Visitor) -> None:
    """Give back more than came in."""
    visitor.field("Amount given back, in euros").fill("5000")
    visitor.button("Write down what was given back").click()


def dates_over(visitor: Visitor) -> None:
    """Agree to a sum that is none any more: the page was open in two windows."""
    of("Alice Delattre", f"/dates?{OTHER_DATES}")(visitor)
    visitor.page.locator("[name=agreed_minor]").evaluate("field => { field.value = '1' }")
    visitor.button("Change the dates").click()


def wrong_contact(visitor: Visitor) -> None:
    """Forget the name, and mistype the address."""
    of("Alice Delattre", "/contact")(visitor)
    visitor.field("Name").fill("")
    visitor.field("E-mail address").fill("alice@example")
    visitor.button("Save").click()


def _shot(endpoint: str, template: str, show: Show, variant: str = "", who: str = "Samir") -> Shot:
    return Shot(f"desk.{endpoint}", f"desk/{template}.html", show, variant, who)


DESK = (
    Shot("security.login", "security/login_user.html", at("/desk/login")),
    Shot("security.login", "security/login_user.html", sign_in_wrongly, "refused"),
    Shot("security.verify", "security/verify.html", at("/desk/verify"), who="Marie"),
    _shot("today", "today", at("/desk/")),
    _shot("planning", "planning", at("/desk/planning")),
    _shot("planning", "planning", at("/desk/planning?nights=31"), "month"),
    _shot("bookings", "bookings", at("/desk/bookings")),
    _shot("bookings", "bookings", at("/desk/bookings?q=Alice"), "found"),
    _shot("bookings", "bookings", at("/desk/bookings?q=Nobody+at+all"), "nothing"),
    *(_shot("booking", "booking", of(name), variant) for variant, name in SHEETS.items()),
    *(
        _shot("booking", "booking", of(status=status), status)
        for status in ("checked_out", "cancelled", "declined", "no_show")
    ),
    _shot("decline", "decline", of("Nadia Lefebvre", "/decline")),
    _shot(
        "decline", "decline", then(of("Nadia Lefebvre", "/decline"), press("Decline the request")), "errors"
    ),
    _shot("cancel", "cancel", of("Alice Delattre", "/cancel")),
    _shot("check_in", "occupied", room_still_taken),
    _shot("check_out", "check_out", of("Bob Wright", "/check-out")),
    _shot("no_show", "no_show", of("Maxime Tison", "/no-show")),
    _shot("dates", "dates", of("Alice Delattre", "/dates")),
    _shot("dates", "dates", of("Alice Delattre", f"/dates?{OTHER_DATES}"), "planned"),
    _shot("change_dates", "dates", dates_over, "errors"),
    _shot("contact", "contact", of("Alice Delattre", "/contact")),
    _shot("contact", "contact", wrong_contact, "errors"),
    _shot("other_rooms", "move", of("Alice Delattre", "/rooms/0/move")),
    _shot("move", "move", then(of("Alice Delattre", "/rooms/0/move"), press("Give this room")), "errors"),
    _shot("reinstate", "reinstate", cancelled),
    _shot("reinstate_now", "reinstate", reinstated_too_late, "errors"),
    _shot("payment", "payment", of("Bob Wright", "/payment")),
    _shot("take_payment", "payment", wrong_payment, "errors"),
    _shot("payment", "payment", to_give_back, "to_give_back"),
    _shot("give_back", "payment", then(to_give_back, give_too_much), "too_much_back"),
    _shot("reverse_payment", "reverse_payment", reverse),
    _shot("turned_round", "turned_round", of("Simone Carlier", "/price")),
    _shot("price_chosen", "price_chosen", of("Bob Wright", "/price/thanks")),
    _shot("told_price", "told_price", of("Simone Carlier", "/price/told")),
    _shot("price_card", "price_card", of("Simone Carlier", "/card")),
    _shot("counter", "counter", at("/desk/counter")),
    _shot("counter", "counter", at("/desk/counter?type=double&season=high&adults=9"), "errors"),
    _shot("new_booking", "new_booking", at("/desk/bookings/new")),
    _shot("new_booking", "new_booking", at(f"/desk/bookings/new?{FREE_NIGHTS}"), "offers"),
    _shot("new_booking", "new_booking", at(f"/desk/bookings/new?{SOLD_NIGHTS}"), "nothing_free"),
    _shot("book_guest", "book_guest", at(f"/desk/bookings/new/guest?{FREE_NIGHTS}&rooms=double")),
    _shot(
        "book_guest",
        "book_guest",
        then(at(f"/desk/bookings/new/guest?{FREE_NIGHTS}&rooms=double"), press("Book")),
        "errors",
    ),
    _shot("blocks", "blocks", at("/desk/blocks")),
    _shot("blocks", "blocks", then(at("/desk/blocks"), press("Close the room")), "errors"),
    _shot("rooms", "rooms", at("/desk/rooms"), who="Karim"),
)
