"""The versions of a house's grid, immutable, dated, kept for ever; and the drafts from which the next is published."""

from app.services.grids.drafting import (
    DraftCard,
    DraftChanged,
    DraftNotFound,
    discard_draft,
    find_draft,
    list_drafts,
    save_draft,
    start_draft,
)
from app.services.grids.publishing import (
    EffectiveTooEarly,
    NumberTaken,
    OtherCurrency,
    OutsideItsCalendar,
    PromisesBroken,
    Publication,
    PublicationRefused,
    RoomTypesUnpriced,
    earliest_day,
    next_number,
    publish,
    unpriced_types,
)
from app.services.grids.versions import Standing, VersionCard, find_version, list_versions

__all__ = [
    "DraftCard",
    "DraftChanged",
    "DraftNotFound",
    "EffectiveTooEarly",
    "NumberTaken",
    "OtherCurrency",
    "OutsideItsCalendar",
    "PromisesBroken",
    "Publication",
    "PublicationRefused",
    "RoomTypesUnpriced",
    "Standing",
    "VersionCard",
    "discard_draft",
    "earliest_day",
    "find_draft",
    "find_version",
    "list_drafts",
    "list_versions",
    "next_number",
    "publish",
    "save_draft",
    "start_draft",
    "unpriced_types",
]
