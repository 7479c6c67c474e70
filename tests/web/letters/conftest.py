"""A booking whose amounts appear nowhere else."""

from __future__ import annotations

import pytest

from app.models import Booking, Property
from tests.web.letters.post import (
    book,
)


@pytest.fixture
def booking(house: Property) -> Booking:
    return book(house)
