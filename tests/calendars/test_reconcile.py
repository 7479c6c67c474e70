"""What a reading changes: nights are taken at once, and given back only when it is sure that a stay is gone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.feed import Block, Kind, Reading, Verdict
from calendars.reconcile import Changes, KnownBlock, ReleasePolicy, reconcile
from tests.calendars.house import NOW, TODAY

HALF_AN_HOUR = timedelta(minutes=30)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def block(start: int, end: int, uid: str = "", kind: Kind = Kind.RESERVATION) -> Block:
    return Block(day(start), day(end), uid or f"uid-{start}", kind)


def accept(*blocks: Block) -> Reading:
    return Reading(Verdict.ACCEPT, "", blocks)


def partial(*blocks: Block) -> Reading:
    return Reading(Verdict.PARTIAL, "some were unreadable", blocks, ("one",), "partial")


class Shelf:
    """Keep what a feed said, as the application does in its tables."""

    def __init__(self, *blocks: Block) -> None:
        self.known = [self.put(number, item) for number, item in enumerate(blocks)]
        self.next_id = len(blocks)
        self.now = NOW

    @staticmethod
    def put(number: int, item: Block, seen_at: datetime | None = None) -> KnownBlock:
        return KnownBlock(number, item.uid, item.start, item.end, item.kind, first_seen_at=seen_at)

    def see(self, reading: Reading, *, later: timedelta = HALF_AN_HOUR, **options: bool) -> Changes:
        self.now += later
        changes = reconcile(self.known, reading, now=self.now, **options)
        if changes.verdict is Verdict.REJECT:
            return changes
        held = [
            replace(item.known, missed_count=item.missed_count, missing_since=item.missing_since)
            for item in changes.held
        ]
        moved = [
            self.put(int(str(item.known.id)), item.block, item.known.first_seen_at) for item in changes.moved
        ]
        seen = [replace(item, missed_count=0, missing_since=None) for item in changes.unchanged]
        added = [self.put(self.next_id + number, item, self.now) for number, item in enumerate(changes.added)]
        self.next_id += len(added)
        self.known = [*seen, *moved, *held, *added]
        return changes

    @property
    def nights(self) -> set[date]:
        return {
            date.fromordinal(night)
            for item in self.known
            for night in range(item.start.toordinal(), item.end.toordinal())
        }


A, B, C, D = block(10, 13), block(20, 22), block(30, 31), block(40, 45)


def is_quiet(changes: Changes) -> bool:
    return not (changes.added or changes.moved or changes.released or changes.held)


def test_adds_what_is_new_at_once() -> None:
    changes = Shelf(A).see(accept(A, B))

    assert changes.added == (B,)
    assert (changes.moved, changes.released, changes.held) == ((), (), ())


def test_writes_nothing_when_nothing_changed() -> None:
    assert is_quiet(Shelf(A, B).see(accept(B, A)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (block(10, 13, "one"), block(10, 13, "another")),
        (block(10, 13, "one"), block(10, 13, "")),
        # Under way: the platform moves the arrival to today, under a new UID.
        (block(-2, 3, "one"), block(0, 3, "another")),
        (block(-2, 3, "one"), block(-1, 3, "one")),
    ],
)
def test_is_not_moved_by_a_new_uid(before: Block, after: Block) -> None:
    assert is_quiet(Shelf(before, D).see(accept(after, D)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (block(10, 13, "one"), block(10, 15, "one")),
        (block(10, 13, "one"), block(10, 15, "another")),
        (block(10, 13, "one"), block(50, 52, "one")),
        (block(10, 13, "one", Kind.UNKNOWN), block(10, 13, "one", Kind.RESERVATION)),
        (block(-2, 5, "one"), block(-2, -1, "one")),
        (block(0, 200, "far", Kind.BLOCK), block(1, 201, "further", Kind.BLOCK)),
    ],
)
def test_moves_a_stay_whose_dates_changed(before: Block, after: Block) -> None:
    shelf = Shelf(before, D)

    changes = shelf.see(accept(after, D))

    assert [(item.known.id, item.block) for item in changes.moved] == [(0, after)]
    assert (changes.added, changes.released, changes.held) == ((), (), ())
    assert is_quiet(shelf.see(accept(after, D)))


def test_trusts_no_uid_that_a_series_shares() -> None:
    shelf = Shelf(block(10, 12, "series"), block(17, 19, "series"), D)

    changes = shelf.see(accept(block(24, 26, "series"), block(31, 33, "series"), D))

    assert not changes.moved
    assert len(changes.added) == 2


def test_keeps_two_stays_of_one_uid_apart() -> None:
    twice = (block(10, 12, "same"), block(17, 19, "same"))

    assert is_quiet(Shelf(*twice).see(accept(*twice)))


def test_releases_one_stay_after_two_misses_half_an_hour_apart() -> None:
    shelf = Shelf(A, B, C)

    first = shelf.see(accept(A, B))
    too_soon = shelf.see(accept(A, B), later=timedelta(minutes=29))
    sure = shelf.see(accept(A, B), later=timedelta(minutes=1))

    assert [item.missed_count for item in first.held] == [1]
    assert [item.missed_count for item in too_soon.held] == [2]
    assert [item.uid for item in sure.released] == [C.uid]


def test_forgets_a_miss_when_the_stay_is_back() -> None:
    shelf = Shelf(A, B, C)

    shelf.see(accept(A, B))
    shelf.see(accept(A, B, C))
    changes = shelf.see(accept(A, B))

    assert [item.missed_count for item in changes.held] == [1]


def test_counts_no_miss_of_an_incomplete_feed() -> None:
    shelf = Shelf(A, B, C)

    for _ in range(5):
        changes = shelf.see(partial(A, B))

    assert not changes.released
    assert [item.missed_count for item in changes.held] == [0]


def test_lets_an_incomplete_feed_only_add_nights() -> None:
    shelf = Shelf(A, B, C)
    before = shelf.nights

    shelf.see(partial(block(11, 14, A.uid), block(20, 21, B.uid), block(60, 61, C.uid)))

    assert shelf.nights == before | {day(13), day(60)}
    assert is_quiet_but_for_held(
        shelf.see(partial(block(11, 14, A.uid), block(20, 21, B.uid), block(60, 61, C.uid)))
    )


def is_quiet_but_for_held(changes: Changes) -> bool:
    return not (changes.added or changes.moved or changes.released)


def test_changes_nothing_by_a_refused_feed() -> None:
    changes = reconcile(Shelf(A, B).known, Reading(Verdict.REJECT, "a web page", code="web_page"), now=NOW)

    assert changes.verdict is Verdict.REJECT
    assert is_quiet(changes)


def test_suspects_a_calendar_that_is_suddenly_empty() -> None:
    shelf = Shelf(A)

    changes = shelf.see(accept())

    assert changes.verdict is Verdict.SUSPICIOUS
    assert shelf.nights == {day(10), day(11), day(12)}
    assert "suddenly empty" in changes.alerts[0].words()


def test_believes_a_new_listing_to_be_empty() -> None:
    assert Shelf().see(accept()).verdict is Verdict.ACCEPT
    assert Shelf(block(-5, -1)).see(accept()).verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ((A, B, C, D), Verdict.ACCEPT),
        ((A, B, C), Verdict.ACCEPT),
        ((A, B), Verdict.ACCEPT),
        ((A,), Verdict.SUSPICIOUS),
        ((block(90, 91),), Verdict.SUSPICIOUS),
        ((), Verdict.SUSPICIOUS),
    ],
)
def test_suspects_a_feed_that_lost_more_than_half(left: tuple[Block, ...], verdict: Verdict) -> None:
    changes = Shelf(A, B, C, D).see(accept(*left))

    assert changes.verdict is verdict
    assert not changes.released


def test_still_takes_new_nights_from_a_suspicious_feed() -> None:
    changes = Shelf(A, B, C, D).see(accept(block(90, 91)))

    assert changes.added == (block(90, 91),)


def test_suspects_another_room_s_calendar_for_longer_than_one_look() -> None:
    shelf = Shelf(A, B, C, D)
    elsewhere = tuple(block(start, start + 2, f"other-{start}") for start in range(50, 90, 5))

    for _ in range(4):
        changes = shelf.see(accept(*elsewhere))

    assert changes.verdict is Verdict.SUSPICIOUS
    assert not changes.released


def test_believes_a_mass_disappearance_after_a_day() -> None:
    shelf = Shelf(A, B, C)

    verdicts = [shelf.see(accept(), later=timedelta(hours=5)).verdict for _ in range(5)]
    released = shelf.see(accept(), later=timedelta(hours=5)).released

    assert set(verdicts) == {Verdict.SUSPICIOUS}
    assert len(released) == 3
    assert not shelf.nights


def test_believes_a_person_at_once() -> None:
    shelf = Shelf(A, B, C)

    changes = shelf.see(accept(), is_confirmed=True)

    assert changes.verdict is Verdict.ACCEPT
    assert len(changes.released) == 3


def test_lets_no_person_free_nights_by_an_incomplete_feed() -> None:
    assert not Shelf(A, B, C).see(partial(), is_confirmed=True).released


def test_holds_no_miss_of_an_ill_platform_against_one_stay() -> None:
    shelf = Shelf(A, B, C)

    shelf.see(accept())
    recovering = shelf.see(accept(A, B))
    sure = shelf.see(accept(A, B))

    assert [item.missed_count for item in recovering.held] == [1]
    assert [item.uid for item in sure.released] == [C.uid]


def test_leaves_what_is_past_in_peace() -> None:
    shelf = Shelf(block(-9, -4), block(-3, 0), D)

    changes = shelf.see(accept(D, block(-20, -15)))

    assert is_quiet(changes)
    assert len(shelf.known) == 3


def test_rolls_closures_on_without_piling_them_up() -> None:
    shelf = Shelf(block(1, 2, "n0", Kind.BLOCK), block(300, 900, "w0", Kind.BLOCK))

    for turn in range(1, 20):
        shelf.see(
            accept(
                block(1, 2 + turn % 2, f"n{turn}", Kind.BLOCK), block(300 + turn, 900, f"w{turn}", Kind.BLOCK)
            )
        )

    assert len(shelf.known) == 2


def test_refuses_knowledge_that_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="no night"):
        KnownBlock(1, "x", TODAY, TODAY)
    with pytest.raises(TypeError):
        KnownBlock(1, "x", TODAY, datetime(2027, 1, 1, tzinfo=NOW.tzinfo))
    with pytest.raises(ValueError, match="belong together"):
        KnownBlock(1, "x", TODAY, day(1), missed_count=1)
    with pytest.raises(ValueError, match="confirmation"):
        ReleasePolicy(misses=9)


some_blocks = st.lists(
    st.builds(
        lambda start, length, uid, kind: block(start, start + length, uid, kind),
        st.integers(-6, 30),
        st.integers(1, 6),
        st.sampled_from(("a", "b", "c", "")),
        st.sampled_from(Kind),
    ),
    max_size=8,
    unique=True,
).map(tuple)


@given(some_blocks, some_blocks, st.sampled_from((accept, partial)))
def test_never_frees_a_night_on_first_sight_of_an_absence(
    before: tuple[Block, ...], after: tuple[Block, ...], kind_of_reading: type
) -> None:
    shelf = Shelf(*before)
    nights = shelf.nights

    changes = shelf.see(kind_of_reading(*after))

    assert not changes.released
    if changes.verdict is not Verdict.ACCEPT:
        assert shelf.nights >= nights
    coming = {
        date.fromordinal(night)
        for item in after
        for night in range(max(item.start, TODAY).toordinal(), item.end.toordinal())
    }
    assert shelf.nights >= coming
    assert len(shelf.known) == len({item.id for item in shelf.known})


@given(some_blocks, some_blocks, st.sampled_from((accept, partial)))
def test_says_nothing_new_the_second_time(
    before: tuple[Block, ...], after: tuple[Block, ...], kind_of_reading: type
) -> None:
    shelf = Shelf(*before)

    first = shelf.see(kind_of_reading(*after), later=timedelta())
    nights = shelf.nights
    again = shelf.see(kind_of_reading(*after), later=timedelta())

    assert shelf.nights == nights
    assert not again.added
    assert not again.released
    assert not again.moved or first.verdict is not Verdict.ACCEPT


@given(some_blocks, some_blocks)
def test_ends_with_the_nights_of_the_feed_once_it_is_sure(
    before: tuple[Block, ...], after: tuple[Block, ...]
) -> None:
    shelf = Shelf(*before)

    for _ in range(8):
        shelf.see(accept(*after), later=timedelta(minutes=31), is_confirmed=True)

    coming = {night for night in shelf.nights if night >= TODAY}
    wanted = {
        date.fromordinal(night)
        for item in after
        for night in range(item.start.toordinal(), item.end.toordinal())
        if date.fromordinal(night) >= TODAY
    }
    assert coming == wanted
