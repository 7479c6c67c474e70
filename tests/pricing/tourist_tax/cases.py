"""What the tests of tourist tax rules share: a day, a hostel, stars."""

from datetime import date

from pricing.tourist_tax import (
    Category,
    Classification,
)

DAY = date(2027, 7, 2)
HOSTEL = [Classification(Category.COLLECTIVE_HOSTEL, date(2020, 1, 1))]
STARS = Classification(Category.STARS_3, date(2022, 9, 1), date(2027, 9, 1))
