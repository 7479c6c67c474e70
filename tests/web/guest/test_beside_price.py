"""The house takes a gift beside the price, and lets a partner pay or vouch for a guest whom it does not know."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.database import session
from app.models import Booking, BookingStatus, Letter, PartnerCode, PaymentMethod, Property, StaySupport
from app.services import bookings, erasing, folios, fund, partner_codes
from app.services.partner_codes import CodeNotUsable, CodeTerms, Fault
from app.services.support import support_of
from app.web.letters import compose
from pricing.money import Money
from tests.cast import NOW, TODAY
from tests.web.guest.conftest import Clock, Guest, newest_booking, reread, words

IN_MAY = TODAY + timedelta(days=180)


@pytest.fixture
def make_code(house: Property) -> Callable[..., PartnerCode]:
    """Return a maker of codes: rung 1 and up to 20 € unless told."""

    def make(**changes: object) -> PartnerCode:
        terms = {"partner": "CCAS d'Auchel", "bracket": 1, "cap": Money(2000), "most_uses": 1}
        told = CodeTerms(**{**terms, "valid_until": IN_MAY, **changes})  # type: ignore[arg-type]
        return partner_codes.make_codes(house=house, terms=told, count=1, actor="user:1", now=NOW)[0]

    return make


def keep(guest: Guest, **fields: str) -> Booking:
    assert guest.client.submit(guest.address("price"), fields).status_code == 302
    assert guest.tell().status_code == 302
    return newest_booking()


def confirmed(guest: Guest, house: Property, booking: Booking, mailed_link: Callable[[Booking], str]) -> None:
    guest.send(booking)
    guest.client.get(mailed_link(booking))
    guest.client.submit(guest.page_of(booking), {}, to=guest.page_of(booking, "/confirm"))
    if reread(booking).status != BookingStatus.CONFIRMED:  # so soon before the arrival it is instant
        bookings.confirm(house=house, booking=booking, actor="user:1", now=NOW)


def lines_of(booking: Booking) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in folios.list_lines(booking):
        sums[line.code] = sums.get(line.code, 0) + line.amount_minor
    return sums


def test_puts_a_gift_beside_the_price_and_never_into_it(
    guest: Guest, house: Property, mailed_link: Callable[[Booking], str]
) -> None:
    booking = keep(guest, rung="7200", gift="12,50")
    review = words(guest.look("review"))
    confirmed(guest, house, booking, mailed_link)

    posted = lines_of(booking)
    assert "Gift to the fund €12.50" in review
    assert bookings.price_of(booking) == Money(7200)
    assert posted["gift"] == 1250
    assert posted["night"] == 7200
    assert posted["tourist_tax"] == folios.tax_of(booking).minor
    assert folios.balance(booking) == Money(7200 + 1250) + folios.tax_of(booking)
    assert "Gift to the fund €12.50" in words(guest.client.get(guest.page_of(booking)))


def test_tells_the_gift_in_the_letter_and_not_in_its_subject(
    guest: Guest, house: Property, mailed_link: Callable[[Booking], str], stage: object
) -> None:
    booking = keep(guest, rung="7200", gift="10")
    confirmed(guest, house, booking, mailed_link)

    app: Flask = stage.app  # type: ignore[attr-defined]
    letter = session.query(Letter).filter_by(booking_id=booking.id, kind="booking_confirmed").one()
    mail = compose(letter, app.config["HOUSE"])
    assert "Gift to the fund: €10" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "10" not in str(mail["Subject"]).replace(booking.reference, "").replace("2027", "")


def test_owes_no_gift_once_the_stay_is_cancelled(
    guest: Guest, house: Property, mailed_link: Callable[[Booking], str]
) -> None:
    booking = keep(guest, rung="7200", gift="10")
    confirmed(guest, house, booking, mailed_link)

    bookings.cancel(house=house, booking=reread(booking), actor="guest", reason="", now=NOW)

    assert lines_of(booking)["gift"] == 0
    assert folios.balance(booking).minor == 0


def test_changes_the_gift_with_the_price_until_money_is_taken(
    guest: Guest, house: Property, mailed_link: Callable[[Booking], str]
) -> None:
    booking = keep(guest, rung="7200", gift="10")
    confirmed(guest, house, booking, mailed_link)
    page = guest.page_of(booking, "/price")
    assert 'value="10"' in guest.client.get(page).text

    guest.client.submit(page, {"rung": "7200", "gift": ""})

    assert lines_of(reread(booking))["gift"] == 0


@pytest.mark.parametrize("gift", ["-5", "1e3", "12.345", "a lot", "999999"])
def test_asks_again_for_a_gift_that_it_cannot_read(guest: Guest, gift: str) -> None:
    page = guest.client.submit(guest.address("price"), {"rung": "7200", "gift": gift})

    assert page.status_code == 422
    assert 'id="gift-error"' in page.text
    assert f'value="{gift}"' in page.text


def test_takes_rung_and_voucher_from_a_code(
    guest: Guest,
    house: Property,
    make_code: Callable[..., PartnerCode],
    mailed_link: Callable[[Booking], str],
) -> None:
    code = make_code()
    booking = keep(guest, code=f" {code.code[:5].lower()} {code.code[5:]} ")
    confirmed(guest, house, booking, mailed_link)

    posted = lines_of(booking)
    assert [room.bracket for room in booking.rooms] == [1]
    assert posted["night"] == 3600
    assert posted["partner_voucher"] == -2000
    assert folios.balance(booking) == Money(1600) + folios.tax_of(booking)
    assert "Settled by a partner -€20" in words(guest.client.get(guest.page_of(booking)))


def test_pays_no_more_than_the_price_by_voucher(
    guest: Guest,
    house: Property,
    make_code: Callable[..., PartnerCode],
    mailed_link: Callable[[Booking], str],
) -> None:
    booking = keep(guest, code=make_code(bracket=None, cap=Money(90000)).code, rung="7200")
    confirmed(guest, house, booking, mailed_link)

    assert lines_of(booking)["partner_voucher"] == -7200
    assert folios.balance(booking) == folios.tax_of(booking)


def test_says_beside_the_field_what_is_wrong_with_a_code(
    guest: Guest, house: Property, make_code: Callable[..., PartnerCode]
) -> None:
    withdrawn, over, used = make_code(), make_code(valid_until=TODAY - timedelta(days=1)), make_code()
    partner_codes.withdraw(house=house, code_id=withdrawn.id, actor="user:1", now=NOW)
    keep(guest, code=used.code)
    guest.query |= {"arrival": "2027-05-04", "departure": "2027-05-05"}
    said = {
        "ABCDEFGHJK": "We do not know this code",
        withdrawn.code: "We do not know this code",
        over.code: "The time of this code is over",
        used.code: "This code has been used as often as it was meant",
    }

    for code, sentence in said.items():
        page = guest.client.submit(guest.address("price"), {"code": code})
        assert page.status_code == 422
        error = re.search(r'id="code-error">.*?</span>\s*([^<]+)', page.text)
        assert error
        assert sentence in error[1]
        assert code in page.text
        assert "rung-error" not in page.text


def test_gives_a_code_back_with_a_stay_that_ends_before_it_began(
    house: Property, guest: Guest, make_code: Callable[..., PartnerCode], wall_clock: Clock
) -> None:
    code = make_code()
    keep(guest, code=code.code)
    with pytest.raises(CodeNotUsable) as refusal:
        partner_codes.find_usable(house=house, text=code.code, today=TODAY, now=NOW)
    wall_clock.pass_by(minutes=13)

    found = partner_codes.find_usable(house=house, text=code.code, today=TODAY, now=wall_clock.now)

    assert refusal.value.fault == Fault.USED_UP
    assert found.id == code.id


def test_counts_codes_that_are_tried(guest: Guest) -> None:
    tries = [
        guest.client.submit(guest.address("price"), {"code": f"WRONG{number}"}).status_code
        for number in range(11)
    ]

    assert tries == [422] * 10 + [429]


def test_knows_no_code_of_another_house(make_code: Callable[..., PartnerCode]) -> None:
    code = make_code()
    elsewhere = session.query(Property).filter_by(code="lac").one()

    with pytest.raises(CodeNotUsable):
        partner_codes.find_usable(house=elsewhere, text=code.code, today=TODAY, now=NOW)


def test_leads_back_to_the_price_when_somebody_was_faster_with_the_code(
    guest: Guest, make_guest: Callable[[], Guest], make_code: Callable[..., PartnerCode]
) -> None:
    code = make_code()
    assert guest.client.submit(guest.address("price"), {"code": code.code}).status_code == 302
    faster = make_guest()
    faster.query |= {"arrival": "2027-05-04", "departure": "2027-05-05"}
    keep(faster, code=code.code)

    answer = guest.tell()

    assert answer.status_code == 302
    assert "/price?" in answer.location
    assert "used as often" in words(guest.client.get(answer.location))


def test_stores_no_identity_with_a_code() -> None:
    columns = {column.name for table in (PartnerCode, StaySupport) for column in table.__table__.columns}

    assert not columns & {"name", "email", "telephone", "guest", "contact_key", "note"}


def test_writes_nothing_where_nothing_stands_beside_the_price(guest: Guest) -> None:
    booking = guest.hold()

    assert support_of(booking).gift.minor == 0
    assert support_of(booking).cap is None


def test_brings_gift_and_voucher_into_the_fund_once_the_stay_is_over(
    guest: Guest,
    house: Property,
    make_code: Callable[..., PartnerCode],
    mailed_link: Callable[[Booking], str],
) -> None:
    guest.query |= {"arrival": "2026-11-23", "departure": "2026-11-24"}
    booking = keep(guest, code=make_code(bracket=None, cap=Money(1000)).code, rung="undecided", gift="5")
    confirmed(guest, house, booking, mailed_link)
    pay = folios.balance(booking)
    folios.take_payment_at_desk(
        booking=booking, method=PaymentMethod.CASH, amount=pay, actor="user:1", now=NOW
    )
    bookings.check_in(booking=booking, actor="user:1", today=booking.arrival, now=NOW)
    bookings.check_out(booking=booking, actor="user:1", today=booking.departure, now=NOW)

    price = bookings.price_of(booking)
    received = fund.received(booking)
    assert price is not None
    assert received.aids == Money(1000)
    assert received.gift == Money(500)
    assert received.paid == price - Money(1000)
    assert pay == received.paid + received.gift + folios.tax_of(booking)
    assert fund.balance(house) == Money(500)


def test_unties_a_code_from_its_stay_when_the_choice_is_erased(
    guest: Guest,
    house: Property,
    make_code: Callable[..., PartnerCode],
    mailed_link: Callable[[Booking], str],
) -> None:
    code = make_code()
    booking = keep(guest, code=code.code)
    confirmed(guest, house, booking, mailed_link)
    paid = folios.balance(booking)

    erasing.erase_choices(now=NOW + timedelta(days=300))

    session.expire_all()
    assert session.get_one(StaySupport, booking.id).partner_code_id is None
    assert partner_codes.list_codes(house, now=NOW)[0].uses == 1
    assert folios.balance(session.get_one(Booking, booking.id)) == paid
    with pytest.raises(CodeNotUsable):
        partner_codes.find_usable(house=house, text=code.code, today=TODAY, now=NOW)
