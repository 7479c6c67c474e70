"""The explanation: where a price comes from, in French and English; never a guest's income.

`rule.py` says what every amount is made from, `account.py` accounts for one that was agreed, `plainly.py` says it so
that a child can follow, and `written.py` writes the account as plain text.
"""

from pricing.explain.account import Explanation, Line, NightRow, explain
from pricing.explain.rule import describe_income, explain_amounts, explain_rule
from pricing.explain.written import written

__all__ = [
    "Explanation",
    "Line",
    "NightRow",
    "describe_income",
    "explain",
    "explain_amounts",
    "explain_rule",
    "written",
]
