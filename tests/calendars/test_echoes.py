"""Our own nights, come back from a channel: recognised by what it has read, and never mistaken for a guest."""

from datetime import UTC, date, datetime, timedelta

import pytest

from calendars.echoes import Other, Shown, show
from calendars.feed import Block, Kind, Reading, Verdict
from calendars.reconcile import Changes, KnownBlock, reconcile
from tests.calendars.house import NOW, TODAY

READ_AT = NOW - timedelta(hours=3)
AN_HOUR_AGO = NOW - timedelta(hours=1)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def block(start: int, end: int, kind: Kind = Kind.BLOCK, uid: str = "theirs") -> Block:
    return Block(day(start), day(end), uid, kind)


def known(start: int, end: int, kind: Kind = Kind.BLOCK, uid: str = "theirs") -> KnownBlock:
    return KnownBlock("known", uid, day(start), day(end), kind)


def shown(start: int, end: int, since: datetime = READ_AT) -> Shown:
    return Shown(day(start), day(end), since)


def other(start: int, end: int, *, is_stay: bool = True, is_ours: bool = False) -> Other:
    return Other(day(start), day(end), is_stay, is_ours)


def compare(*events: Block, knowing: tuple[KnownBlock, ...] = (), **options: object) -> Changes:
    settings: dict[str, object] = {"last_good_at": AN_HOUR_AGO}
    reading = Reading(Verdict.ACCEPT, "", events)
    return reconcile(knowing, reading, now=NOW, **(settings | options))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.UNKNOWN])
def test_knows_its_own_nights_when_they_come_back(kind: Kind) -> None:
    changes = compare(block(10, 13, kind), shown=[shown(10, 13)])

    assert changes.echoes == (block(10, 13, kind),)
    assert (changes.added, changes.alerts) == ((), ())


def test_takes_no_reservation_for_an_echo() -> None:
    changes = compare(block(10, 13, Kind.RESERVATION), shown=[shown(10, 13)], others=[other(10, 13)])

    assert changes.added == (block(10, 13, Kind.RESERVATION),)
    assert not changes.echoes


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("nights", [(10, 12), (11, 13), (9, 13), (10, 14), (20, 23)])
def test_takes_other_nights_for_the_channel_s_own(kind: Kind, nights: tuple[int, int]) -> None:
    assert compare(block(*nights, kind), shown=[shown(10, 13)]).added == (block(*nights, kind),)


def test_hears_no_echo_before_the_channel_has_read_anything() -> None:
    assert compare(block(10, 13), others=[other(10, 13, is_ours=True)]).added == (block(10, 13),)


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.UNKNOWN])
def test_believes_a_person_who_says_that_it_is_a_guest(kind: Kind) -> None:
    changes = compare(block(10, 13, kind), shown=[shown(10, 13)], never_echoes=[(day(10), day(13))])

    assert changes.added == (block(10, 13, kind),)


def test_asks_once_where_a_sale_may_hide_behind_an_echo() -> None:
    event = block(10, 13, Kind.UNKNOWN)
    just_read = [shown(10, 13, since=NOW - timedelta(minutes=5))]

    first = compare(event, shown=just_read)
    never_read_before = compare(event, shown=just_read, last_good_at=None)
    later = compare(event, shown=just_read, echoes_before=[(day(10), day(13))])
    told_by_the_platform = compare(block(10, 13), shown=just_read)

    assert [alert.code for alert in first.alerts] == ["maybe_echo"]
    assert str(day(10)) in first.alerts[0].words("fr")
    assert len(never_read_before.alerts) == 1
    assert first.echoes == later.echoes == (event,)
    assert not later.alerts
    assert not told_by_the_platform.alerts


def test_keeps_what_it_knew_as_the_channel_s_own_sale() -> None:
    changes = compare(
        block(10, 13, Kind.UNKNOWN),
        knowing=(known(10, 13, Kind.UNKNOWN),),
        shown=[shown(10, 13)],
        others=[other(10, 13, is_ours=True)],
    )

    assert [item.id for item in changes.unchanged] == ["known"]
    assert not changes.echoes
    assert not changes.reclassified


def test_tells_the_guest_and_the_echo_of_the_same_nights_apart() -> None:
    changes = compare(
        block(10, 13, uid="echo"),
        block(10, 13, Kind.RESERVATION, "guest"),
        knowing=(known(10, 13, Kind.RESERVATION, "guest"),),
        shown=[shown(10, 13)],
    )

    assert changes.echoes == (block(10, 13, uid="echo"),)
    assert len(changes.unchanged) == 1


def test_follows_a_stay_that_moves_onto_nights_of_ours() -> None:
    changes = compare(
        block(10, 15, Kind.UNKNOWN, "guest"),
        knowing=(known(10, 13, Kind.UNKNOWN, "guest"),),
        shown=[shown(10, 15)],
    )

    assert [item.block for item in changes.moved] == [block(10, 15, Kind.UNKNOWN, "guest")]
    assert not changes.echoes


def test_finds_out_that_a_closure_was_an_echo() -> None:
    told = {"knowing": (known(10, 13),), "shown": [shown(10, 13)]}

    by_itself = compare(block(10, 13), **told)
    half = compare(block(10, 13), **told, others=[other(10, 12, is_stay=False)])
    whole = compare(block(10, 13), **told, others=[other(10, 12, is_stay=False), other(12, 13, is_ours=True)])

    assert not by_itself.reclassified
    assert not half.reclassified
    assert [item.id for item in whole.reclassified] == ["known"]
    assert (whole.released, whole.held, whole.unchanged) == ((), (), ())


@pytest.mark.parametrize("knowing", [(), (known(10, 13),)])
def test_knows_the_sale_of_another_platform_that_this_one_reads(knowing: tuple[KnownBlock, ...]) -> None:
    changes = compare(block(10, 13), knowing=knowing, others=[other(10, 13)])

    assert changes.echoes == (block(10, 13),)
    assert changes.reclassified == knowing
    assert not changes.added


@pytest.mark.parametrize(
    "elsewhere", [other(10, 13, is_ours=True), other(10, 13, is_stay=False), other(10, 14)]
)
def test_needs_the_very_nights_of_another_platform_s_guest(elsewhere: Other) -> None:
    assert compare(block(10, 13), others=[elsewhere]).added == (block(10, 13),)


def test_compares_only_nights_to_come() -> None:
    changes = compare(block(0, 3), shown=[shown(-4, 3)], others=[other(-9, -5)])

    assert changes.echoes == (block(0, 3),)


def test_ends_an_echo_when_the_channel_has_read_that_its_origin_is_gone() -> None:
    not_yet_read = compare(block(10, 13), shown=[shown(10, 13)])
    has_read = compare(block(10, 13), shown=[shown(20, 22)], echoes_before=[(day(10), day(13))])

    assert not not_yet_read.added
    assert has_read.added == (block(10, 13),)


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.UNKNOWN])
def test_knows_an_echo_again_inside_nights_that_have_grown(kind: Kind) -> None:
    event = block(10, 13, kind)

    assert compare(event, shown=[shown(10, 15)], echoes_before=[(day(10), day(13))]).echoes == (event,)


def test_does_not_count_echoes_as_lost_nor_as_nothing() -> None:
    guests = tuple(
        KnownBlock(start, f"g{start}", day(start), day(start + 2), Kind.RESERVATION) for start in (20, 30, 40)
    )
    echo = known(10, 13)
    options = {"shown": [shown(10, 13)], "others": [other(10, 13, is_ours=True)]}

    nearly_all = compare(block(10, 13), knowing=(echo, *guests), **options)
    one_guest = compare(block(10, 13), knowing=guests[:1], **options)

    (alert,) = nearly_all.alerts
    assert (alert.code, alert.facts) == ("mass_disappearance", {"lost": 3, "known": 3})
    assert one_guest.verdict is Verdict.ACCEPT


def test_hears_nothing_in_a_refused_feed() -> None:
    refused = Reading(Verdict.REJECT, "a web page", code="web_page")

    changes = reconcile([known(10, 13)], refused, now=NOW, shown=[shown(10, 13)], others=[other(10, 13)])

    assert not changes.reclassified
    assert not changes.echoes


def test_remembers_since_when_nights_are_shown() -> None:
    tomorrow = NOW + timedelta(days=1)
    first = show((), [(day(-2), day(3)), (day(10), day(13))], at=NOW, today=TODAY)

    second = show(
        first, [(day(-1), day(3)), (day(10), day(14)), (day(-9), day(-8))], at=tomorrow, today=day(1)
    )

    assert [item.since for item in first] == [NOW, NOW]
    assert [(item.start, item.since) for item in second] == [(day(-1), NOW), (day(10), tomorrow)]


def test_refuses_nights_that_make_no_sense() -> None:
    with pytest.raises(ValueError, match="no night"):
        Shown(TODAY, TODAY, NOW)
    with pytest.raises(ValueError, match="zone"):
        Shown(TODAY, day(1), NOW.replace(tzinfo=None))
    with pytest.raises(TypeError):
        Other(datetime(2027, 1, 1, tzinfo=UTC), day(1))
