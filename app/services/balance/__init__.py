"""The balance of a house: the plan of its year, the guests that came, and the careful step that follows from both."""

from app.services.balance.budgets import BudgetCard, YearPlan, current_budget, enter_budget, first_plan
from app.services.balance.mix import SeenMonth, seen_months
from app.services.balance.proposing import NothingToAdopt, Outlook, adopt, beyond_plan, look

__all__ = [
    "BudgetCard",
    "NothingToAdopt",
    "Outlook",
    "SeenMonth",
    "YearPlan",
    "adopt",
    "beyond_plan",
    "current_budget",
    "enter_budget",
    "first_plan",
    "look",
    "seen_months",
]
