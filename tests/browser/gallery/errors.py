"""What somebody sees when something went wrong: a human page for each."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from app.database import session
from app.models import Booking
from tests.browser.gallery.shots import Shot, Show, at, on_review, reference_of
from tests.browser.visitor import Visitor
from tests.cast import NOW


def lapsed(visitor: Visitor) -> None:
    """Come back to the review page when the room is not kept any more."""
    person = on_review(visitor)
    with visitor.house.app.app_context():
        past = NOW - timedelta(minutes=1)
        session.execute(update(Booking).where(Booking.guest_email == person.email).values(lapses_at=past))
        session.commit()
    visitor.page.reload()


def without_token(visitor: Visitor) -> None:
    """Send a form of a visit that is over."""
    visitor.open("/find")
    visitor.page.context.clear_cookies()
    visitor.button("Mail me the link").click()


def answered_already(visitor: Visitor) -> None:
    """Decline what was never a request."""
    visitor.open(f"/desk/bookings/{reference_of(visitor.house, 'Bob Wright')}/decline")


def broken(name: str) -> Show:
    """Meet an error by its name."""
    return at(f"/broken/{name}")


def _shot(name: str, show: Show, variant: str = "", who: str = "", endpoint: str = "broken") -> Shot:
    return Shot(endpoint, f"errors/{name}.html", show, variant, who)


ERRORS = (
    _shot("not_found", at("/nowhere"), endpoint=""),
    _shot("not_found", at("/desk/bookings/NOWHERE234"), "desk", "Samir", "desk.booking"),
    _shot("link_not_valid", at("/bookings/AAAAAAAAAA"), endpoint="guest.booking"),
    _shot("hold_expired", lapsed, endpoint="guest.review"),
    _shot("stale_form", without_token, endpoint="guest.find"),
    _shot("transition_refused", answered_already, "desk", "Samir", "desk.decline"),
    _shot("forbidden", at("/desk/bookings"), "", "Karim", "desk.bookings"),
    _shot("bad_request", broken("400")),
    _shot("too_large", broken("413")),
    _shot("too_many", broken("429")),
    *(
        _shot(name, broken(name))
        for name in (
            "fault",
            "just_taken",
            "no_rate",
            "not_open",
            "please_call",
            "let_us_talk",
            "too_many_requests",
        )
    ),
)
