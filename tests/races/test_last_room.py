"""Eight processes race for the last room, through every door: one has it, the others are told so politely."""

from __future__ import annotations

import pytest

from tests.races.runs import Outcome
from tests.races.server import FAULT
from tests.races.track import RACERS, Track

pytestmark = pytest.mark.database


@pytest.mark.parametrize("door", ["web", "desk"])
def test_sells_the_last_room_to_one_of_eight(track: Track, trials: int, door: str) -> None:
    for trial in range(trials):
        verdict = track.race(door, trial)

        assert verdict.has_one_owner, verdict
        assert verdict.outcomes == {Outcome.WON: 1, Outcome.JUST_TAKEN: RACERS - 1}
    assert track.server.count_words(FAULT) == 0


def test_gives_the_nights_to_one_of_eight_imports_and_opens_one_conflict_for_each_other(
    track: Track, trials: int
) -> None:
    feeds = len(track.feeds["single"])
    for trial in range(trials):
        verdict = track.race("import", trial)

        assert verdict.has_one_owner, verdict
        assert verdict.outcomes == {
            Outcome.WON: 1,
            Outcome.CONFLICT: feeds - 1,
            Outcome.SAME_FEED: RACERS
            - feeds,  # as many workers have read a feed that another one was reading
        }
        assert len(verdict.conflicting) == len(set(verdict.conflicting)) == feeds - 1
        assert not verdict.owners & set(verdict.conflicting)


def test_has_one_owner_when_guests_reception_and_platforms_want_the_same_room(
    track: Track, trials: int
) -> None:
    for trial in range(trials):
        verdict = track.race("mixed", trial)

        assert verdict.has_one_owner, verdict
        assert not verdict.errors
        assert verdict.outcomes[Outcome.WON] == 1
        assert verdict.outcomes.total() == RACERS
        assert len(verdict.conflicting) == verdict.outcomes[Outcome.CONFLICT]
