"""The review of a grid before it is voted: what is refused and why, the largest cliff, the efforts, the k-test."""

from pricing.review.crowds import CROWD, Crowds, ExpectedNights, PriceCrowd, count_crowds
from pricing.review.efforts import HOUSEHOLDS, EffortRow, efforts
from pricing.review.report import GridReport, Jump, Slope, review, review_text
from pricing.review.sentences import describe, describe_refusal

__all__ = [
    "CROWD",
    "HOUSEHOLDS",
    "Crowds",
    "EffortRow",
    "ExpectedNights",
    "GridReport",
    "Jump",
    "PriceCrowd",
    "Slope",
    "count_crowds",
    "describe",
    "describe_refusal",
    "efforts",
    "review",
    "review_text",
]
