"""A house sells once its file is read: whole, faulty, read again, changed, and against what guests rely on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.database import session
from app.models import Booking, Event, Feed, GridVersion, Property, Room, RoomType, TouristTaxRate
from app.services import bookings, furnishing, houses
from app.services.availability import search
from app.services.furnishing.reading import MEASURES, TRAITS
from app.services.rates import NoVotedTax, current_grid, tax_on
from app.web.guest.facts import KNOWN
from pricing.grid import Grid
from pricing.household import Household
from pricing.stay import Stay

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "docs" / "house.toml"
GRID = ROOT / "pricing" / "grids" / "example_house.toml"
NOW = datetime(2027, 4, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
NIGHT = Stay(date(2027, 4, 9), date(2027, 4, 10))

Write = Callable[..., Path]
Changes = tuple[tuple[str, str], ...]
VOTED = ("example = true", "")  # somebody has entered the figures of the town: the house may sell
FAMILY = """
[[types]]
code = "family"
names = { fr = "Chambre familiale", en = "Family room" }
descriptions = { fr = "De la place.", en = "Room for all." }
sleeps = 4
rooms = ["Chambre 7"]
"""


@pytest.fixture
def empty_house(app: Flask) -> Property:
    """Return a house in which nothing stands, beside one that is furnished and must never be touched."""
    lac = _create("lac", "Hôtel du Lac")
    furnishing.furnish(house=lac, plan=furnishing.read_plan(TEMPLATE), actor="test", now=NOW, today=TODAY)
    return _create("chez-nous", "Chez nous")


def _create(code: str, name: str) -> Property:
    details = houses.HouseDetails(
        code,
        name,
        "Europe/Paris",
        "EUR",
        ("fr", "en"),
        "+33 3 53 01 62 30",
        f"{code}@example.org",
        "1 rue Haute",
    )
    return houses.create_house(details=details, hosts=(), actor="test", now=NOW)


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Return a writer of the template with changes: `written(("old", "new"), more="…", grid=[("old", "new")])`."""

    def write(*changes: tuple[str, str], more: str = "", grid: Changes = ()) -> Path:
        (tmp_path / "grid.toml").write_text(_changed(GRID, grid), encoding="utf-8")
        file = tmp_path / "house.toml"
        own_grid = ("../pricing/grids/example_house.toml", "grid.toml")
        file.write_text(_changed(TEMPLATE, (own_grid, *changes)) + more, encoding="utf-8")
        return file

    return write


def _changed(file: Path, changes: Changes) -> str:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{file.name} has no {old}"
        text = text.replace(old, new, 1)
    return text


def furnish(house: Property, file: Path, today: date = TODAY) -> furnishing.Furnished:
    plan = furnishing.read_plan(file)
    return furnishing.furnish(house=house, plan=plan, actor="test", now=NOW, today=today)


def book(house: Property, key: str = "double") -> Booking:
    guest = bookings.GuestDetails("Alice Delattre", "alice@example.org")
    return bookings.book_at_desk(
        house=house,
        stay=NIGHT,
        party=Household(1),
        offer_key=key,
        choice=bookings.PriceChoice(),
        guest=guest,
        language="fr",
        actor="test",
        now=NOW,
        today=TODAY,
    )


def rooms_of(house: Property) -> list[str]:
    return list(
        session.scalars(select(Room.name).filter_by(property_id=house.id).order_by(Room.position, Room.id))
    )


def count(model: type, house: Property) -> int:
    return session.scalar(select(func.count()).select_from(model).filter_by(property_id=house.id)) or 0


@pytest.mark.parametrize("tax", ["missing", "invented"])
def test_sells_nothing_before_somebody_has_entered_its_tax(
    empty_house: Property, written: Write, tax: str
) -> None:
    if tax == "invented":
        furnish(empty_house, TEMPLATE)
    else:
        text = TEMPLATE.read_text(encoding="utf-8").split("[tourist_tax]")[0]
        file = written(VOTED)
        file.write_text(text.replace("../pricing/grids/example_house.toml", "grid.toml"), encoding="utf-8")
        furnish(empty_house, file)

    with pytest.raises(NoVotedTax):
        search(house=empty_house, stay=NIGHT, party=Household(2), now=NOW, today=TODAY)
    with pytest.raises(NoVotedTax):
        book(empty_house)


def test_sells_where_the_town_levies_nothing_and_says_so(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(VOTED, ('rate = "0.04"', 'rate = "0"')))

    found = search(house=empty_house, stay=NIGHT, party=Household(2), now=NOW, today=TODAY)

    assert [str(tax) for tax in found.offers[0].tax_range] == ["0.00 EUR", "0.00 EUR"]


def test_sells_as_soon_as_its_file_is_read(empty_house: Property, written: Write) -> None:
    done = furnish(empty_house, written(VOTED))

    found = search(house=empty_house, stay=NIGHT, party=Household(2), now=NOW, today=TODAY)
    booking = book(empty_house)
    assert done.added_rooms == tuple(f"Chambre {number}" for number in range(1, 7))
    assert [offer.key for offer in found.offers] == ["double", "accessible"]
    assert [offer.is_instant for offer in found.offers] == [True, False]
    assert booking.status == "confirmed"
    assert booking.rooms[0].room_id in set(
        session.scalars(select(Room.id).filter_by(property_id=empty_house.id))
    )


def test_is_furnished_from_the_shell(empty_house: Property, app: Flask) -> None:
    session.commit()
    shell = app.test_cli_runner()

    unsure = shell.invoke(args=["house", "furnish", str(TEMPLATE)])
    result = shell.invoke(args=["house", "furnish", str(TEMPLATE), "--house", "chez-nous"])

    assert (unsure.exit_code, "chez-nous|lac" in unsure.output) == (1, True)
    assert result.exit_code == 0, result.output
    assert "Added: Chambre 1, Chambre 2" in result.output
    assert "2028-08-31" in result.output


def test_says_in_the_shell_which_key_is_wrong(empty_house: Property, app: Flask, written: Write) -> None:
    session.commit()
    file = written(("sleeps = 2", "sleeps = 0"))

    result = app.test_cli_runner().invoke(args=["house", "furnish", str(file), "--house", "chez-nous"])

    assert result.exit_code == 1
    assert "types[2].sleeps" in result.output
    assert count(Room, empty_house) == 0


def test_keeps_the_hours_and_rules_of_its_file(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(('check_out_until = "11:00"', 'check_out_until = "10:30"')))

    version = session.scalars(select(GridVersion).filter_by(property_id=empty_house.id)).one()
    accessible = session.scalars(
        select(RoomType).filter_by(property_id=empty_house.id, code="accessible")
    ).one()
    tax = tax_on(empty_house.id, empty_house.currency, TODAY)
    assert empty_house.check_out_until == time(10, 30)
    assert empty_house.horizon == date(2028, 8, 31)
    assert (version.number, version.author) == (1, "The board of the association")
    assert (accessible.cots, accessible.facts["door_width_cm"], accessible.facts["is_step_free"]) == (
        1,
        90,
        True,
    )
    assert tax is not None
    assert (str(tax.rate), tax.cap.minor, tax.is_example) == ("1/25", 250, True)
    events = session.scalars(select(Event).filter_by(property_id=empty_house.id, verb="furnish")).all()
    assert [event.field_names for event in events] == [["grid", "rooms", "tax"]]


def test_adds_nothing_when_its_file_is_read_again(empty_house: Property) -> None:
    furnish(empty_house, TEMPLATE)
    before = list(session.execute(select(Room.id, Room.name, Room.position).order_by(Room.id)))

    again = furnish(empty_house, TEMPLATE)

    assert again == furnishing.Furnished((), (), None, None, None)
    assert list(session.execute(select(Room.id, Room.name, Room.position).order_by(Room.id))) == before
    assert (count(GridVersion, empty_house), count(TouristTaxRate, empty_house)) == (1, 1)


def test_knows_every_fact_that_its_pages_say() -> None:
    assert {*MEASURES, *TRAITS} == set(KNOWN)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('form = "house/1"', 'form = "house/9"', "form:"),
        ('form = "house/1"', "form = ", "house.toml:"),
        ("[hours]", "[ours]", "hours:"),
        ('check_in_from = "15:00"', 'check_in_from = "3 pm"', "hours.check_in_from:"),
        ('check_in_from = "15:00"', 'check_in_from = "25:00"', "hours.check_in_from:"),
        ('check_in_from = "15:00"', "check_in_from = 15:00:00", "hours.check_in_from:"),
        ('check_in_until = "20:00"', 'check_in_until = "14:00"', "hours.check_in_until:"),
        ('check_out_until = "11:00"', 'check_out_until = "15:30"', "hours.check_out_until:"),
        ('desk_closes = "20:00"', 'desk_closes = "09:00"', "hours.desk_closes:"),
        ("free_cancellation_days = 2", "free_cancellation_days = -1", "stays.free_cancellation_days:"),
        ("free_cancellation_days = 2", "free_cancellation_days = true", "stays.free_cancellation_days:"),
        ("most_nights_of_a_stay = 60", "most_nights_of_a_stay = 61", "stays.most_nights_of_a_stay:"),
        ("most_nights_of_a_stay = 60", "most_nights_of_a_stay = 0", "stays.most_nights_of_a_stay:"),
        ("[stays]", "[stays]\nwake_up_call = true", "stays.wake_up_call:"),
        ("grid.toml", "nowhere.toml", "grid.file:"),
        ("grid.toml", "house.toml", "grid.file:"),
        ('author = "The board of the association"', 'author = " "', "grid.author:"),
        ("General assembly", "x" * 120, "grid.vote_reference:"),
        ('code = "double"', 'code = "Double bed"', "types[2].code:"),
        ('code = "double"', 'code = "attic"', "types[2].code:"),
        ('code = "double"', 'code = "single"', "types[2].code:"),
        ('fr = "Chambre double", ', "", "types[2].names.fr:"),
        ('en = "A large bed, a window on the square."', 'en = ""', "types[2].descriptions.en:"),
        ("cots = 1", "cots = -1", "types[3].cots:"),
        ("instant = true", 'instant = "yes"', "types[2].instant:"),
        ('rooms = ["Chambre 6"]', "rooms = []", "types[3].rooms:"),
        ('rooms = ["Chambre 6"]', "rooms = [6]", "types[3].rooms[1]:"),
        ('rooms = ["Chambre 6"]', 'rooms = ["Chambre 6", ""]', "types[3].rooms[2]:"),
        ('rooms = ["Chambre 6"]', 'rooms = ["Chambre 3"]', "types[3].rooms[1]:"),
        ("facts.door_width_cm", "facts.door_width", "types[3].facts.door_width:"),
        ("facts.floor_area = 20", "facts.floor_area = 0", "types[3].facts.floor_area:"),
        ("facts.is_step_free = true", "facts.is_step_free = 1", "types[3].facts.is_step_free:"),
        ('rate = "0.04"', 'rate = "4"', "tourist_tax.rate:"),
        ('rate = "0.04"', "rate = 0.04", "tourist_tax.rate:"),
        ('rate = "0.04"', 'rate = "0.0400001"', "tourist_tax.rate:"),
        ('cap = "2.50"', 'cap = "-2.50"', "tourist_tax.cap:"),
        ('fraction = "0.10"', 'fraction = "10"', "tourist_tax.surcharges[1].fraction:"),
        ('"per_component"', '"upwards"', "tourist_tax.rounding:"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01T00:00:00", "tourist_tax.valid_from:"),
        ('source = "An example: the', 'source = "" # ', "tourist_tax.source:"),
    ],
)
def test_says_which_key_of_its_file_is_wrong(
    empty_house: Property, written: Write, old: str, new: str, path: str
) -> None:
    with pytest.raises(furnishing.PlanInvalid) as refusal:
        furnish(empty_house, written((old, new)))

    assert str(refusal.value).startswith(path)
    assert (count(Room, empty_house), count(GridVersion, empty_house), empty_house.horizon) == (0, 0, None)


def test_says_where_its_grid_is_wrong(written: Write) -> None:
    with pytest.raises(furnishing.PlanInvalid, match=r"^grid\.file: in this grid, brackets\[2\]"):
        furnishing.read_plan(written(grid=(('below = "650"', 'below = "640"'),)))


def test_sells_in_its_own_currency(empty_house: Property, written: Write) -> None:
    with pytest.raises(furnishing.PlanInvalid, match=r"^grid\.file: .*CHF.*EUR"):
        furnish(empty_house, written(grid=(('currency = "EUR"', 'currency = "CHF"'),)))


def test_takes_a_file_without_tax_where_nobody_levies_one(empty_house: Property, written: Write) -> None:
    file = written(VOTED)
    file.write_text(file.read_text(encoding="utf-8").partition("[tourist_tax]")[0], encoding="utf-8")

    furnish(empty_house, file)

    assert tax_on(empty_house.id, empty_house.currency, TODAY) is None


def test_grows_by_rooms_and_types_around_its_bookings(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(VOTED))
    booking = book(empty_house)
    kept = booking.rooms[0].room_id

    grown = furnish(
        empty_house, written(VOTED, ('["Chambre 3", ', '["Chambre 8", "Chambre 3", '), more=FAMILY)
    )

    assert grown.added_rooms == ("Chambre 8", "Chambre 7")
    assert rooms_of(empty_house) == [f"Chambre {number}" for number in (1, 2, 8, 3, 4, 5, 6, 7)]
    assert booking.rooms[0].room_id == kept


def test_corrects_its_words_and_its_hours(empty_house: Property, written: Write) -> None:
    furnish(empty_house, written(VOTED))
    booking = book(empty_house)
    policy = dict(booking.policy)

    furnish(
        empty_house,
        written(
            VOTED,
            ('"Double room"', '"Room for two"'),
            ("free_cancellation_days = 2", "free_cancellation_days = 9"),
        ),
    )

    double = session.scalars(select(RoomType).filter_by(property_id=empty_house.id, code="double")).one()
    assert double.names["en"] == "Room for two"
    assert empty_house.free_cancellation_days == 9
    assert booking.policy == policy


def test_drops_a_room_that_nobody_ever_wanted(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)

    changed = furnish(empty_house, written(('"Chambre 5"]', '"Chambre cinq"]'), ("sleeps = 1", "sleeps = 2")))

    assert (changed.added_rooms, changed.removed_rooms) == (("Chambre cinq",), ("Chambre 5",))
    assert "Chambre 5" not in rooms_of(empty_house)
    lac = houses.find_house("lac")
    assert lac
    assert "Chambre 5" in rooms_of(lac)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('["Chambre 3", ', '["Chambre trois", ', "types:"),
        ('["Chambre 3", "Chambre 4", "Chambre 5"]', '["Chambre 4", "Chambre 5"]', "types:"),
        ('code = "double"', 'code = "family"', "types:"),
        ("sleeps = 2", "sleeps = 1", "types[2].sleeps:"),
        ("sleeps = 2\n", "sleeps = 2\ncots = 1\n", "types[2].cots:"),
    ],
)
def test_takes_away_nothing_that_was_booked(
    empty_house: Property, written: Write, old: str, new: str, path: str
) -> None:
    furnish(empty_house, written(VOTED))
    book(empty_house)
    before = rooms_of(empty_house)

    with pytest.raises(furnishing.StandsDifferently) as refusal:
        furnish(empty_house, written(VOTED, (old, new), ('desk_opens = "09:00"', 'desk_opens = "08:00"')))

    assert str(refusal.value).startswith(path)
    assert rooms_of(empty_house) == before
    assert empty_house.desk_opens == time(9)


def test_takes_away_no_room_with_a_calendar(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)
    room_id = session.scalars(select(Room.id).filter_by(property_id=empty_house.id, name="Chambre 6")).one()
    session.add(
        Feed(
            property_id=empty_house.id, room_id=room_id, channel="airbnb", public_id="p" * 20, created_at=NOW
        )
    )
    session.commit()

    with pytest.raises(furnishing.StandsDifferently, match="Chambre 6"):
        furnish(empty_house, written(('"Chambre 6"', '"Chambre six"')))


def test_sells_by_a_new_version_from_its_day_on(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)
    second = (
        ("version = 1", "version = 2"),
        ("effective_from = 2026-09-01", "effective_from = 2027-05-01"),
        ("horizon = 2028-08-31", "horizon = 2028-09-30"),
        ("known_until = 2028-09-01", "known_until = 2028-10-01"),
    )

    done = furnish(empty_house, written(grid=second))

    assert (done.grid_number, done.grid_from) == (2, date(2027, 5, 1))
    assert current_grid(empty_house, TODAY).grid.version == 1
    assert current_grid(empty_house, date(2027, 5, 1)).grid.version == 2
    assert empty_house.horizon == date(2028, 9, 30)


def test_sells_by_a_grid_of_the_first_form_and_knows_it_in_the_new_one(
    empty_house: Property, written: Write
) -> None:
    house_file = written(VOTED)
    first = (ROOT / "tests" / "pricing" / "grids" / "form_1.toml").read_text(encoding="utf-8")
    (house_file.parent / "grid.toml").write_text(first, encoding="utf-8")
    furnish(empty_house, house_file)

    (house_file.parent / "grid.toml").write_text(Grid.loads(first).dumps(), encoding="utf-8")
    again = furnish(empty_house, house_file)

    assert again.grid_number is None
    stored = session.scalars(select(GridVersion).filter_by(property_id=empty_house.id)).one()
    assert (stored.document, stored.digest) == (first, Grid.loads(first).hash)
    assert current_grid(empty_house, TODAY).grid.form == "pricing-grid/1"


@pytest.mark.parametrize(
    ("house_changes", "grid_changes", "path"),
    [
        ((), (('floor = "12"', 'floor = "13"'),), "grid.file:"),
        ((), (("version = 1", "version = 2"), ("from = 2026-09-01", "from = 2026-08-01")), "grid.file:"),
        ((("The board", "The bored"),), (), "grid.author:"),
        ((("decision 4", "decision 5"),), (), "grid.vote_reference:"),
        ((('rate = "0.04"', 'rate = "0.05"'),), (), "tourist_tax:"),
        ((('cap = "2.50"', 'cap = "2.60"'),), (), "tourist_tax:"),
        ((("example = true", ""),), (), "tourist_tax:"),
    ],
)
def test_never_edits_a_rule_that_was_in_force(
    empty_house: Property,
    written: Write,
    house_changes: Changes,
    grid_changes: Changes,
    path: str,
) -> None:
    furnish(empty_house, TEMPLATE)

    with pytest.raises(furnishing.StandsDifferently) as refusal:
        furnish(empty_house, written(*house_changes, grid=grid_changes))

    assert str(refusal.value).startswith(path)
    assert (count(GridVersion, empty_house), count(TouristTaxRate, empty_house)) == (1, 1)


def test_follows_a_tax_by_another_from_its_day_on(empty_house: Property, written: Write) -> None:
    furnish(empty_house, TEMPLATE)

    next_year = (("valid_from = 2026-01-01", "valid_from = 2028-01-01"), ('rate = "0.04"', 'rate = "0.05"'))
    done = furnish(empty_house, written(*next_year))

    rates = [
        tax_on(empty_house.id, empty_house.currency, day) for day in (date(2027, 12, 31), date(2028, 1, 1))
    ]
    assert done.tax_from == date(2028, 1, 1)
    assert [str(rate.rate) for rate in rates if rate] == ["1/25", "1/20"]


def test_offers_no_type_that_its_grid_of_today_cannot_price(empty_house: Property, written: Write) -> None:
    without_family = (('family = "1.15"\n', ""),)
    second = (("version = 1", "version = 2"), ("effective_from = 2026-09-01", "effective_from = 2027-05-01"))
    furnish(empty_house, written(grid=without_family))

    with pytest.raises(furnishing.PlanInvalid, match=r"^types\[4\]\.code: grid version 1 .*'family'"):
        furnish(empty_house, written(grid=second, more=FAMILY))

    assert count(GridVersion, empty_house) == 1
    furnish(empty_house, written(grid=second, more=FAMILY), today=date(2027, 5, 1))
    assert "Chambre 7" in rooms_of(empty_house)
