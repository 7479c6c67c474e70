"""What reception sees of nights that two sides want, down to the letter for who sleeps elsewhere."""

from __future__ import annotations

from app.database import session
from app.models import Room
from app.services import conflicts
from app.services.conflicts import OtherHouse
from pricing.stay import Stay
from tests.browser.gallery.shots import Shot, at, book_double, fresh_trip, press, then
from tests.browser.guest_steps import Person
from tests.browser.visitor import Visitor
from tests.cast import NOW, TODAY
from tests.sold_twice import sold_by_platform

LIST, ELSEWHERE = "desk/conflicts.html", "desk/elsewhere.html"
OTHER_HOUSE = OtherHouse("Hôtel de la Gare", "1 place de la Gare\n62300 Lens", "03 21 00 00 01", "Bus 7.")


def keep_without_a_word(visitor: Visitor) -> None:
    """Settle a conflict without saying how."""
    visitor.open("/desk/conflicts")
    visitor.page.locator("details:has(textarea) > summary").first.click()
    visitor.button("It is settled").first.click()


def find_another_house(visitor: Visitor) -> None:
    """Ask where one of two guests could sleep."""
    visitor.open("/desk/conflicts")
    visitor.page.locator("a[href*='/elsewhere/']").first.click()


def sleep_elsewhere(visitor: Visitor) -> None:
    """Show the letter to somebody whose room a platform has sold too."""
    stay, person = fresh_trip()
    with visitor.house.app.app_context():
        conflict_id = send_elsewhere(stay, person)
    visitor.open(f"/desk/conflicts/{conflict_id}/letter")


def send_elsewhere(stay: Stay, person: Person) -> int:
    """Sell a room twice and find one of the two another house, through the services; return the conflict."""
    house, booking = book_double(stay, person)
    sold_by_platform(house, session.get_one(Room, booking.rooms[0].room_id), stay)
    card = conflicts.list_open(house.id)[-1]
    conflicts.relocate(
        house=house,
        conflict_id=card.id,
        claim_id=card.had_by[0].claim_id,
        to=OTHER_HOUSE,
        reason="sleeps at Hôtel de la Gare",
        actor="user:1",
        today=TODAY,
        now=NOW,
    )
    return card.id


CONFLICTS = (
    Shot("desk.conflicts", LIST, at("/desk/conflicts"), who="Samir"),
    Shot("desk.conflicts", LIST, at("/desk/conflicts"), "manager", "Marie"),
    Shot("desk.settle_conflict", LIST, keep_without_a_word, "errors", "Samir"),
    Shot("desk.elsewhere", ELSEWHERE, find_another_house, who="Samir"),
    Shot("desk.elsewhere", ELSEWHERE, then(find_another_house, press("They sleep there")), "errors", "Samir"),
    Shot("desk.elsewhere_letter", "desk/elsewhere_letter.html", sleep_elsewhere, who="Samir"),
)
