"""The house shows what is free, says kindly what cannot be, and asks the database a fixed number of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.database import db, session
from app.models import Property, Room, RoomType
from app.services import blocks
from pricing.grid import example_house
from pricing.quote import RoomRequest, quote
from pricing.stay import Stay
from tests.cast import NOW, TODAY
from tests.web.guest.conftest import ARRIVAL, DEPARTURE, Guest, words

STAY = Stay(date(2027, 4, 9), date(2027, 4, 11))
DOUBLES = ("La Bibliothèque", "Le Terril", "Le Jardin")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count the statements that reach the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def close_all_rooms(house: Property, stay: Stay, keep: tuple[str, ...] = ()) -> None:
    for room in session.query(Room).filter_by(property_id=house.id).all():
        if room.name not in keep:
            blocks.block(
                house=house, room_id=room.id, stay=stay, reason="repair", note="", actor="user:1", now=NOW
            )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_says_what_a_night_costs_two_people(client: FlaskClient, language: str) -> None:
    page = words(client.get(f"/{language}/"))

    assert ("18 €" in page and "123 €" in page) or ("€18" in page and "€123" in page)


@pytest.mark.parametrize("written", [ARRIVAL, "09/04/2027", "9.4.27", "9 4 2027", " 9 - 4 - 2027 "])
def test_reads_a_day_as_people_write_it(guest: Guest, written: str) -> None:
    page = guest.search(arrival=written)

    assert "What is free for you" in page.text
    assert f"price?arrival={ARRIVAL}" in page.text


def test_shows_the_range_of_each_ladder_and_what_comes_on_top(guest: Guest) -> None:
    page = words(guest.search())

    for type_code in ("double", "family", "accessible"):
        priced = quote(example_house(), STAY, [RoomRequest(type_code, 2)])
        assert f"€{priced.lowest.minor // 100} to €{priced.highest.minor // 100}" in page
    assert "€36 to €246 €18 to €123 a night plus tourist tax, €1.60 to €10.84" in page
    assert "the stay costs the house €124" in page
    assert "Prices of today, Sunday 22 November 2026" in page
    assert "Wi-Fi" in page
    assert "Breakfast is not included" in page


BAD_SEARCHES = [
    ({"arrival": ""}, "Tell us the day you arrive."),
    ({"departure": ""}, "Tell us the day you leave."),
    ({"arrival": "31/02/2027"}, "This is not a day that we know."),
    ({"arrival": "2027-02-29"}, "This is not a day that we know."),
    ({"arrival": "tomorrow"}, "This is not a day that we know."),
    ({"arrival": "٢٠٢٧-٠٤-٠٩"}, "This is not a day that we know."),
    ({"arrival": "2026-11-21"}, "This day is over."),
    ({"departure": ARRIVAL}, "at least one night"),
    ({"arrival": DEPARTURE, "departure": ARRIVAL}, "at least one night"),
    ({"arrival": "2127-04-09", "departure": "2127-04-11"}, "Look at the year"),
    ({"departure": "9999-12-31"}, "Look at the year"),
    ({"adults": ""}, "how many adults"),
    ({"adults": "0"}, "At least one adult"),
    ({"adults": "two"}, "in figures"),
    ({"adults": "-1"}, "in figures"),
    ({"adults": "1e3"}, "in figures"),
    ({"adults": "11"}, "+33 3 21 00 00 00"),
    ({"children": "4;x"}, "Write only the ages"),
    ({"children": "-4"}, "Write only the ages"),
    ({"children": "4.5"}, "Write only the ages"),
    ({"children": "18"}, "count people among the adults"),
    ({"children": ",".join(["3"] * 11)}, "please call us"),
]


@pytest.mark.parametrize(("changed", "message"), BAD_SEARCHES)
def test_says_beside_the_field_what_it_could_not_read(
    guest: Guest, changed: dict[str, str], message: str
) -> None:
    page = guest.search(**changed)

    assert page.status_code == 200
    assert words(page).count(message) >= 2  # in the summary, and beside the field
    assert "<title>Error:" in page.text
    for name, value in changed.items():
        if value:
            assert f'value="{value}"' in page.text, f"{name} was lost"
            assert f'href="#{name}"' in page.text or len(changed) > 1


@pytest.mark.parametrize(
    ("children", "shown"),
    [("4, 7", "aged 4, 7"), ("4 et 7 ans", "aged 4, 7"), ("0", "aged 0"), ("", "2 adults")],
)
def test_reads_the_ages_of_children(guest: Guest, children: str, shown: str) -> None:
    assert shown in words(guest.search(children=children))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"departure": "2027-07-11"}, "up to 60 nights"),
        ({"arrival": "2028-08-30", "departure": "2028-09-02"}, "Thursday 31 August 2028"),
        ({"adults": "10", "children": ",".join(["9"] * 10)}, "You are many"),
    ],
)
def test_answers_what_it_does_not_sell_with_a_way_on(
    guest: Guest, changed: dict[str, str], message: str
) -> None:
    page = guest.search(**changed)

    assert page.status_code == 200
    assert message in words(page)
    assert 'href="tel:+33321000000"' in page.text
    assert 'name="arrival"' in page.text


def test_sells_the_last_night_before_the_horizon(guest: Guest) -> None:
    assert "Choose my price" in words(guest.search(arrival="2028-08-31", departure="2028-09-01"))


def test_puts_a_large_family_into_several_rooms(guest: Guest) -> None:
    page = words(guest.search(adults="4", children="3, 9, 12"))

    assert "Family room + Family room" in page
    assert "for 1 adult, 3 children (aged 3, 9, 12)" in page
    assert "for 3 adults" in page


def test_offers_the_nearest_dates_when_nothing_is_free(guest: Guest, house: Property) -> None:
    close_all_rooms(house, STAY)

    page = guest.search()

    assert "Nothing is free on these dates" in words(page)
    assert "Wed 7 April → Fri 9 April 2027" in words(page)
    assert "rooms?arrival=2027-04-07&amp;departure=2027-04-09&amp;adults=2" in page.text
    assert "Sunday 22" not in words(page)


def test_says_which_rooms_would_suit_but_are_full(guest: Guest, house: Property) -> None:
    free_before = words(guest.search())
    close_all_rooms(house, STAY, keep=("Le Jardin", "La Lingerie", "Le Cabinet"))

    page = guest.search()

    full = re.findall(
        r'<li class="offer offer--full">.*?</li>\s*</ul>\s*</div>.*?</li>', page.text, re.DOTALL
    )
    assert "Full on these dates" not in free_before
    assert ["Family room" in one for one in full] == [True, False]
    assert "Single room" not in words(page)  # it would not hold them on any date
    assert all("Full on these dates" in one and "€" not in one and "href" not in one for one in full)


def test_says_that_the_room_for_all_is_full_when_it_shares_them_out(guest: Guest, house: Property) -> None:
    close_all_rooms(house, STAY, keep=DOUBLES)

    page = words(guest.search(adults="4"))

    assert "these rooms together are" in page
    assert "Family room" in page
    assert "Full on these dates" in page


def test_asks_nothing_more_to_know_what_is_full(guest: Guest, house: Property) -> None:
    guest.search()
    with counted() as when_free:
        guest.search()
    close_all_rooms(house, STAY, keep=DOUBLES)

    with counted() as when_some_are_full:
        page = guest.search()

    assert "Full on these dates" in page.text
    assert len(when_some_are_full) == len(when_free)


def test_shows_the_rooms_without_dates(client: FlaskClient) -> None:
    page = words(client.get("/en/rooms"))

    assert "Single room 11 m² sleeps 1 person" in page
    assert "sleeps 2 people and a cot" in page


def test_never_shows_another_house(guest: Guest) -> None:
    for page in (
        guest.search(),
        guest.look("price"),
        guest.client.get("/en/rooms"),
        guest.client.get("/en/prices"),
    ):
        assert page.status_code == 200
        assert "Lac" not in page.text


def test_asks_as_few_questions_for_sixty_rooms_as_for_eight(guest: Guest, house: Property) -> None:
    guest.search()  # what a process learns once
    with counted() as for_eight:
        guest.search()
    double = session.query(RoomType).filter_by(property_id=house.id, code="double").one()
    for number in range(52):
        session.add(
            Room(property_id=house.id, type_id=double.id, name=f"Room {number}", position=100 + number)
        )
    session.commit()

    with counted() as for_sixty:
        page = guest.search()

    assert "What is free for you" in page.text
    assert len(for_sixty) == len(for_eight)
    assert len([one for one in for_eight if one.startswith("SELECT")]) <= 6


def test_asks_one_more_question_when_nothing_is_free(guest: Guest, house: Property) -> None:
    guest.search()
    with counted() as when_free:
        guest.search()
    close_all_rooms(house, STAY)

    with counted() as when_full:
        guest.search()

    assert len(when_full) == len(when_free) + 1


@pytest.mark.parametrize("page", ["price", "who"])
@pytest.mark.parametrize(
    "changed",
    [
        {"arrival": "nonsense"},
        {"rooms": ""},
        {"rooms": "castle"},
        {"rooms": "single"},
        {"arrival": str(TODAY - timedelta(1))},
    ],
)
def test_leads_an_odd_address_back_to_the_rooms(guest: Guest, page: str, changed: dict[str, str]) -> None:
    answer = guest.look(page, **changed)

    where = answer.location or ""
    assert where.startswith(("/en/rooms", "/en/price"))  # who asks for the price first, which then leads back
    assert guest.client.get(where, follow_redirects=True).status_code == 200


def test_follows_no_address_of_somebody_else(guest: Guest) -> None:
    answer = guest.client.get(
        "/en/price?arrival=x&_external=1&_scheme=javascript&_anchor=x&endpoint=desk.today"
    )

    assert answer.location == "/en/rooms?arrival=x"
