"""What happens to a booking: held, ordered, answered, changed, ended, stayed."""

from app.services.bookings.answering import answer_due, confirm, decline
from app.services.bookings.dates import DatePlan, DatesRefused, Obstacle, change_dates, plan_dates
from app.services.bookings.desk_bookings import book_at_desk
from app.services.bookings.ending import call_off, cancel, expire_lapsed
from app.services.bookings.finding import find_by_reference
from app.services.bookings.guests import change_contact, change_guest
from app.services.bookings.holding import (
    HoldLimits,
    HoldWish,
    TooLateToAsk,
    TooManyHolds,
    hold,
    renew_hold,
)
from app.services.bookings.lapsing import LapseLimits, LinkNeeded
from app.services.bookings.links import mail_link
from app.services.bookings.moving import (
    MOVABLE,
    OtherRoom,
    RoomPromised,
    RoomUnfit,
    change_room,
    list_other_rooms,
    move,
    nights_ahead,
)
from app.services.bookings.ordering import TooManyRequests, confirm_by_link, order
from app.services.bookings.prices import PriceIsSettled, choose_price, price_of, quote_of, refuse_settled
from app.services.bookings.statuses import (
    TRANSITIONS,
    HoldExpired,
    TransitionRefused,
    is_lapsed,
    refuse_lapsed,
)
from app.services.bookings.staying import (
    DebtNeedsReason,
    RoomOccupied,
    check_in,
    check_out,
    mark_no_show,
)
from app.services.bookings.terms import CancellationTerms, GuestDetails, PriceChoice, cancellation_terms
from app.services.bookings.undoing import (
    MoneyUnderWay,
    is_reinstatable,
    reinstate,
    undo_check_in,
    undo_check_out,
    was_done_today,
)
from app.services.bookings.waiting import (
    Visit,
    choice_of,
    find_waiting,
    find_waiting_of_letter,
    forget_waiting,
    guest_of,
    mail_hold_link,
    open_waiting,
)
from app.services.bookings.yearly import TooManyNightsAYear, has_many_nights

__all__ = [
    "MOVABLE",
    "TRANSITIONS",
    "CancellationTerms",
    "DatePlan",
    "DatesRefused",
    "DebtNeedsReason",
    "GuestDetails",
    "HoldExpired",
    "HoldLimits",
    "HoldWish",
    "LapseLimits",
    "LinkNeeded",
    "MoneyUnderWay",
    "Obstacle",
    "OtherRoom",
    "PriceChoice",
    "PriceIsSettled",
    "RoomOccupied",
    "RoomPromised",
    "RoomUnfit",
    "TooLateToAsk",
    "TooManyHolds",
    "TooManyNightsAYear",
    "TooManyRequests",
    "TransitionRefused",
    "Visit",
    "answer_due",
    "book_at_desk",
    "call_off",
    "cancel",
    "cancellation_terms",
    "change_contact",
    "change_dates",
    "change_guest",
    "change_room",
    "check_in",
    "check_out",
    "choice_of",
    "choose_price",
    "confirm",
    "confirm_by_link",
    "decline",
    "expire_lapsed",
    "find_by_reference",
    "find_waiting",
    "find_waiting_of_letter",
    "forget_waiting",
    "guest_of",
    "has_many_nights",
    "hold",
    "is_lapsed",
    "is_reinstatable",
    "list_other_rooms",
    "mail_hold_link",
    "mail_link",
    "mark_no_show",
    "move",
    "nights_ahead",
    "open_waiting",
    "order",
    "plan_dates",
    "price_of",
    "quote_of",
    "refuse_lapsed",
    "refuse_settled",
    "reinstate",
    "renew_hold",
    "undo_check_in",
    "undo_check_out",
    "was_done_today",
]
