"""A room through any history of readings, faults, bookings and words of a person: no night is lost, none stays shut."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from calendars.export import Range, merge
from calendars.feed import Block, Kind, Reading, Verdict
from calendars.ranges import coming
from calendars.room import Outcome, Room, book, cancel, confirm, fail, follow, serve
from calendars.room.files import dumps, loads
from calendars.words import Alert
from tests.calendars.house import NOW, read_here
from tests.calendars.room.front import HALF_AN_HOUR, day

stays = st.builds(lambda start, length: (start, start + length), st.integers(-2, 20), st.integers(1, 5))
kinds = st.sampled_from((Kind.RESERVATION, Kind.RESERVATION, Kind.UNKNOWN, Kind.BLOCK))
waits = st.sampled_from((0, 10, 25, 30, 45, 90, 400, 1500))
channels = st.sampled_from(("airbnb", "vrbo"))
FAULT = Alert("http_status", {"status": 500})


def nights_of(ranges: tuple[Range, ...]) -> set[date]:
    return {
        date.fromordinal(night)
        for start, end in ranges
        for night in range(start.toordinal(), end.toordinal())
    }


class House(RuleBasedStateMachine):
    """Keep two platforms' true listings, and for each night since when complete readings have lacked it."""

    @initialize()
    def open(self) -> None:
        self.room = Room(key="secret")
        self.now = NOW
        self.listed: dict[str, dict[str, Block]] = {"airbnb": {}, "vrbo": {}}
        self.lacked_at: dict[tuple[str, date], list[object]] = {}
        self.ours: set[Range] = set()
        self.count = 0
        for place, kind in enumerate((*Kind, Kind.RESERVATION)):
            self._list("airbnb", (6 * place, 6 * place + 4), kind)
            self._list("vrbo", (6 * place + 3, 6 * place + 5), kind)
        for channel in self.listed:
            self._read(channel, self.listed[channel])

    @property
    def today(self) -> date:
        return self.room.today(self.now)

    def _list(self, channel: str, nights: tuple[int, int], kind: Kind) -> None:
        self.count += 1
        uid = f"uid {self.count}"
        self.listed[channel][uid] = Block(day(nights[0]), day(nights[1]), uid, kind)

    @rule(channel=channels, nights=stays, kind=kinds)
    def sell(self, channel: str, nights: tuple[int, int], kind: Kind) -> None:
        self._list(channel, nights, kind)
        self._read(channel, self.listed[channel])

    @rule(channel=channels, place=st.integers(0, 9))
    def drop(self, channel: str, place: int) -> None:
        if self.listed[channel]:
            del self.listed[channel][sorted(self.listed[channel])[place % len(self.listed[channel])]]
            self._read(channel, self.listed[channel])

    @rule(channel=channels, places=st.sets(st.integers(0, 9), max_size=3))
    def read_cut(self, channel: str, places: set[int]) -> None:
        """Read a feed that looks whole but has lost something, for once."""
        whole = sorted(self.listed[channel].items())
        self._read(channel, dict(item for place, item in enumerate(whole) if place not in places))

    @rule(channel=channels, places=st.sets(st.integers(0, 9), max_size=3))
    def read_in_part(self, channel: str, places: set[int]) -> None:
        whole = sorted(self.listed[channel].items())
        some = dict(item for place, item in enumerate(whole) if place not in places)
        self._read(channel, some, Verdict.PARTIAL)

    @rule(channel=channels, minutes=waits)
    def read(self, channel: str, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self._read(channel, self.listed[channel])

    @rule(channel=channels)
    def read_again_and_again(self, channel: str) -> None:
        for minutes in (0, 10, 20, 30):
            self.read(channel, minutes)

    def _read(self, channel: str, listed: dict[str, Block], verdict: Verdict = Verdict.ACCEPT) -> None:
        code = "partial" if verdict is Verdict.PARTIAL else ""
        reading = Reading(verdict, "", tuple(sorted(listed.values())), code=code)
        before = self.room

        self.room, outcome = follow(before, reading, feed=channel, now=self.now)

        if verdict is Verdict.ACCEPT:
            self._note_what_is_lacking(before, channel, reading)
        self._check_freed(before, outcome, channel)
        self._check_again(reading, channel)

    def _note_what_is_lacking(self, before: Room, channel: str, reading: Reading) -> None:
        # A night that is listed by an echo alone is lacked by the feed.
        listed = {(block.start, block.end) for block in reading.blocks}
        present = nights_of(tuple(listed - set(self.room.feed(channel).echoes)))
        for night in nights_of(before.feed(channel).nights):
            if night in present:
                self.lacked_at.pop((channel, night), None)
            else:
                self.lacked_at.setdefault((channel, night), []).append(self.now)

    def _check_freed(self, before: Room, outcome: Outcome, channel: str) -> None:
        had, has = before.feed(channel).nights, self.room.feed(channel).nights
        freed = nights_of(coming(had, self.today)) - nights_of(has)
        gone = nights_of(coming(before.nights, self.today)) - nights_of(self.room.nights)
        assert gone <= nights_of(outcome.released)
        if outcome.verdict is not Verdict.ACCEPT:
            assert not gone
        closures = nights_of(
            tuple(item.nights for item in before.feed(channel).kept if item.known.kind is Kind.BLOCK)
        )
        for night in freed - closures:
            lacked = self.lacked_at[channel, night]
            assert len(lacked) >= 2
            assert lacked[-1] - lacked[0] >= HALF_AN_HOUR  # type: ignore[operator]

    def _check_again(self, reading: Reading, channel: str) -> None:
        """Read the same body twice: no night changes, and a feed that is believed writes nothing at all."""
        again, outcome = follow(self.room, reading, feed=channel, now=self.now)
        assert outcome.added == outcome.released == ()
        assert again.nights == self.room.nights
        if not outcome.held:
            assert again == self.room

    @rule(channel=channels)
    def fall_ill(self, channel: str) -> None:
        before = self.room
        self.room, outcome = fail(before, FAULT, feed=channel, now=self.now)
        assert self.room.nights == before.nights
        assert outcome.verdict is Verdict.REJECT

    @rule(nights=stays)
    def book(self, nights: tuple[int, int]) -> None:
        stay = (day(nights[0]), day(nights[1]))
        self.room, _ = book(self.room, *stay, now=self.now)
        self.ours.add(stay)

    @rule(place=st.integers(0, 9))
    def cancel(self, place: int) -> None:
        if self.ours:
            stay = sorted(self.ours)[place % len(self.ours)]
            self.room, _ = cancel(self.room, *stay, now=self.now)
            self.ours.discard(stay)

    @rule(channel=channels)
    def confirm(self, channel: str) -> None:
        if channel not in {feed.name for feed in self.room.feeds}:
            return
        missing = {
            item.known.id
            for item in self.room.feed(channel).kept
            if item.known.missed_count and item.known.end > self.today
        }
        before = {item.known.id for item in self.room.feed(channel).kept}
        self.room, _ = confirm(self.room, feed=channel, now=self.now)
        assert {item.known.id for item in self.room.feed(channel).kept} == before - missing

    @rule(channel=channels)
    def serve(self, channel: str) -> None:
        before = self.room
        self.room, body = serve(before, channel, now=self.now)
        reading = read_here(body, now=self.now)
        quiet = [
            item.nights
            for feed in self.room.feeds
            for item in feed.kept
            if item.quiet_until and item.quiet_until > self.now
        ]
        theirs = [nights for feed in self.room.feeds if feed.name != channel for nights in feed.nights]
        wanted = nights_of(coming(merge([*self.ours, *theirs]), self.today))
        shown = nights_of(coming(((block.start, block.end) for block in reading.blocks), self.today))
        assert shown <= wanted
        assert wanted - shown <= nights_of(merge(quiet))
        assert serve(self.room, channel, now=self.now)[1] == body

    @rule(channel=channels)
    def echo(self, channel: str) -> None:
        """Let a channel list again, as closures, all that it has read of us."""
        for item in self.room.feed(channel).shown:
            self.count += 1
            uid = f"uid {self.count}"
            self.listed[channel][uid] = Block(item.start, item.end, uid, Kind.BLOCK)

    @invariant()
    def takes_the_union_of_all_live_claims(self) -> None:
        claims = [item.nights for feed in self.room.feeds for item in feed.kept]
        assert nights_of(self.room.nights) == nights_of(merge([*self.ours, *claims]))

    @invariant()
    def survives_its_file(self) -> None:
        assert loads(dumps(self.room)) == self.room

    def teardown(self) -> None:
        """When every platform is well and a person confirms, exactly what is listed and booked is taken."""
        if not hasattr(self, "room"):
            return
        for channel in self.listed:
            for _ in range(3):
                self.now += HALF_AN_HOUR
                blocks = tuple(sorted(self.listed[channel].values()))
                self.room, _ = follow(
                    self.room, Reading(Verdict.ACCEPT, "", blocks), feed=channel, now=self.now
                )
                self.room, _ = confirm(self.room, feed=channel, now=self.now)
        listed = [(item.start, item.end) for blocks in self.listed.values() for item in blocks.values()]
        taken = nights_of(coming(self.room.nights, self.today))
        wanted = nights_of(coming(merge([*self.ours, *listed]), self.today))
        echoes = nights_of(merge(nights for feed in self.room.feeds for nights in feed.echoes))
        assert taken <= wanted
        assert wanted - taken <= echoes


TestHouse = House.TestCase
TestHouse.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
