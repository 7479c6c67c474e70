"""Give a house its rooms, its hours and the rules that it sells under, from one file that its people can read."""

from app.services.furnishing.furnish import Furnished, furnish
from app.services.furnishing.plan import (
    GridPlan,
    Hours,
    HousePlan,
    PlanInvalid,
    RoomPlan,
    StandsDifferently,
    TaxPlan,
    Terms,
    TypePlan,
)
from app.services.furnishing.reading import read_plan

__all__ = [
    "Furnished",
    "GridPlan",
    "Hours",
    "HousePlan",
    "PlanInvalid",
    "RoomPlan",
    "StandsDifferently",
    "TaxPlan",
    "Terms",
    "TypePlan",
    "furnish",
    "read_plan",
]
