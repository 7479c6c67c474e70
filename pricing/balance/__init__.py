"""The balance of a year: the slope that earns it, what a grant is worth, and the careful evolution of the rate."""

from pricing.balance.evolution import Draft, Finding, Pace, Unchanged, evolve
from pricing.balance.forecast import Forecast, ForecastInvalid, ForecastNights, Target
from pricing.balance.mix import Mix
from pricing.balance.revenue import NoSlope, PriceRule, YearRevenue, slope_of, with_slope
from pricing.balance.sensitivity import GrantWorth, worth_of_grant
from pricing.balance.sentences import describe_solution, describe_worth, reason
from pricing.balance.solver import Balanced, FloorTooHigh, OutOfReach, Solution, solve
from pricing.balance.storage import StoredInvalid, dumps, loads

__all__ = [
    "Balanced",
    "Draft",
    "Finding",
    "FloorTooHigh",
    "Forecast",
    "ForecastInvalid",
    "ForecastNights",
    "GrantWorth",
    "Mix",
    "NoSlope",
    "OutOfReach",
    "Pace",
    "PriceRule",
    "Solution",
    "StoredInvalid",
    "Target",
    "Unchanged",
    "YearRevenue",
    "describe_solution",
    "describe_worth",
    "dumps",
    "evolve",
    "loads",
    "reason",
    "slope_of",
    "solve",
    "with_slope",
    "worth_of_grant",
]
