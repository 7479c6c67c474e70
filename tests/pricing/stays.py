"""What the pricing tests share: stays and rooms of every kind, for property tests."""

from datetime import timedelta

from hypothesis import strategies as st

from pricing.grid import example_house
from pricing.quote import RoomRequest
from pricing.stay import Stay

TYPES = sorted(example_house().room_factors)
FIRST, LAST = example_house().calendar.first_night, example_house().horizon


@st.composite
def stays(draw: st.DrawFn, most_nights: int = 12) -> Stay:
    """Make stays that the example grid can price."""
    arrival = draw(st.dates(FIRST, LAST))
    nights = draw(st.integers(1, min(most_nights, (LAST - arrival).days + 1)))
    return Stay(arrival, arrival + timedelta(nights))


def rooms(fewest_adults: int = 0) -> st.SearchStrategy[RoomRequest]:
    """Make rooms with one to eight sleepers."""
    return st.builds(
        RoomRequest,
        st.sampled_from(TYPES),
        st.integers(max(1, fewest_adults), 4),
        st.lists(st.integers(0, 17), max_size=4).map(tuple),
        st.booleans(),
    )


parties = st.lists(rooms(), min_size=1, max_size=3)
