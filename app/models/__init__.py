"""Nouns of the house, one file each; importing this package makes every table known."""

from app.models.booking import BookedNight, BookedRoom, Booking, BookingStatus, Source, new_reference
from app.models.bracket_count import BracketCount
from app.models.budget import Budget
from app.models.channel import (
    ChannelName,
    ChannelStay,
    Feed,
    FeedChange,
    FeedReading,
    PlatformTerms,
    TaxCollector,
)
from app.models.claim import Block, Claim, ClaimKind, Conflict, Resolution, RoomNight
from app.models.counter import JobRun, Throttle
from app.models.event import Event
from app.models.folio import Folio, FolioLine, LineKind, PaymentMethod
from app.models.fund_entry import FundEntry
from app.models.grid_draft import GridDraft
from app.models.letter import Letter, LetterKind
from app.models.payment import AttemptState, PaymentAttempt, ProcessorNotice
from app.models.price_message import PriceMessage
from app.models.property import GridVersion, Property, PropertyHost, TouristTaxRate
from app.models.room import Room, RoomType
from app.models.support import PartnerCode, StaySupport
from app.models.user import Role, RoleName, StaffSession, User
from app.models.waiting_hold import WaitingHold

__all__ = [
    "AttemptState",
    "Block",
    "BookedNight",
    "BookedRoom",
    "Booking",
    "BookingStatus",
    "BracketCount",
    "Budget",
    "ChannelName",
    "ChannelStay",
    "Claim",
    "ClaimKind",
    "Conflict",
    "Event",
    "Feed",
    "FeedChange",
    "FeedReading",
    "Folio",
    "FolioLine",
    "FundEntry",
    "GridDraft",
    "GridVersion",
    "JobRun",
    "Letter",
    "LetterKind",
    "LineKind",
    "PartnerCode",
    "PaymentAttempt",
    "PaymentMethod",
    "PlatformTerms",
    "PriceMessage",
    "ProcessorNotice",
    "Property",
    "PropertyHost",
    "Resolution",
    "Role",
    "RoleName",
    "Room",
    "RoomNight",
    "RoomType",
    "Source",
    "StaffSession",
    "StaySupport",
    "TaxCollector",
    "Throttle",
    "TouristTaxRate",
    "User",
    "WaitingHold",
    "new_reference",
]
