"""The ledger of the fund: golden stays, double entry, undoing, and what it refuses."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.fund import (
    Account,
    Entry,
    FundInvalid,
    Kind,
    Ledger,
    Posting,
    Settlement,
    StayAlreadySettled,
    StayNotSettled,
    alert_of,
    statement,
)
from pricing.money import AmountInvalid, CurrencyMismatch, Money
from pricing.periods import Period
from tests.pricing.fund.stays import DAY, amounts, settlement, settlements


@pytest.mark.parametrize(
    ("paid", "aids", "contribution", "support", "voucher", "movement"),
    [
        ("123.00", "0", "44.64", "0", "0", "44.64"),
        ("18.00", "10.00", "0", "50.36", "0.36", "-50.00"),  # 28.36 are variable: 0.36 are missing
        ("78.36", "0", "0", "0", "0", "0"),
        ("78.35", "0.02", "0.01", "0", "0", "0.01"),
        ("78.35", "0", "0", "0.01", "0", "-0.01"),
        ("28.36", "0", "0", "50.00", "0", "-50.00"),
        ("28.35", "0", "0", "50.01", "0.01", "-50.00"),
        ("0", "0", "0", "78.36", "28.36", "-50.00"),
        ("0", "100", "21.64", "0", "0", "21.64"),
    ],
)
def test_says_what_a_stay_gives_or_receives(
    paid: str, aids: str, contribution: str, support: str, voucher: str, movement: str
) -> None:
    stay = settlement("B1", paid, aids=aids)

    told = (stay.contribution, stay.support, stay.voucher, stay.movement)

    assert told == tuple(map(Money.of, (contribution, support, voucher, movement)))


def test_adds_up_the_two_golden_stays() -> None:
    ledger = Ledger().settle(settlement("rich", "123.00"), DAY)
    ledger = ledger.settle(settlement("poor", "18.00", aids="10.00"), DAY)

    assert str(ledger.balance) == "-5.72 EUR"
    assert ledger.movement_of("rich") == Money.of("44.64")
    assert ledger.movement_of("poor") == Money.of("-50.36")


def test_writes_the_gap_under_the_variable_cost_as_a_voucher_of_its_own() -> None:
    ledger = Ledger().settle(settlement("poor", "18.00", aids="10.00"), DAY)

    voucher, stay = ledger.entries

    assert (voucher.kind, voucher.movement) == (Kind.VOUCHER, Money.of("-0.36"))
    assert {posting.account: posting.amount.minor for posting in stay.postings} == {
        Account.GUESTS: -1800, Account.AIDS: -1000, Account.VOUCHERS: -36, Account.COSTS: 7836, Account.FUND: -5000,
    }  # fmt: skip


def test_takes_a_cancelled_stay_back_by_mirror_entries() -> None:
    before = Ledger().grant(Money.of(50), DAY, memo="Town").settle(settlement("A", "123"), DAY)
    settled = before.settle(settlement("B", "18", aids="10"), DAY)

    cancelled = settled.cancel("B", DAY + timedelta(9))

    assert cancelled.entries[: len(settled.entries)] == settled.entries
    assert [(entry.kind, entry.reverses) for entry in cancelled.entries[4:]] == [
        (Kind.REVERSAL, 4), (Kind.REVERSAL, 3),
    ]  # fmt: skip
    assert [cancelled.into(account) for account in Account] == [before.into(account) for account in Account]
    assert cancelled.settle(settlement("B", "20"), DAY + timedelta(9)).movement_of("B") == Money.of("-58.36")


def test_tells_vouchers_of_a_period_without_those_taken_back() -> None:
    ledger = Ledger().settle(settlement("A", "28"), DAY).settle(settlement("B", "20"), DAY)

    undone = ledger.cancel("B", DAY + timedelta(40))

    assert statement(undone, Period.month(2027, 3)).vouchers == Money.of("8.72")  # 0.36 + 8.36
    assert statement(undone, Period.month(2027, 4)).vouchers == Money.of("-8.36")
    assert statement(undone, Period.of_year(2027)).vouchers == Money.of("0.36")


def test_settles_a_stay_once() -> None:
    ledger = Ledger().settle(settlement("A", "100"), DAY)

    with pytest.raises(StayAlreadySettled, match="A"):
        ledger.settle(settlement("A", "100"), DAY)
    with pytest.raises(StayNotSettled):
        ledger.cancel("B", DAY)
    with pytest.raises(StayNotSettled):
        ledger.cancel("A", DAY).cancel("A", DAY)
    with pytest.raises(StayNotSettled):
        ledger.cancel("", DAY)


def test_keeps_a_gift_apart_from_what_was_paid_for_a_stay() -> None:
    ledger = (
        Ledger().give(Money.of(40), DAY, memo="somebody else's night").grant(Money.of(900), DAY, memo="Town")
    )

    told = statement(ledger, Period.month(2027, 3))

    assert (told.gifts, told.grants, told.paid) == (Money.of(40), Money.of(900), Money(0))
    assert told.closing == told.change == Money.of(940)


def test_tells_the_manager_of_an_empty_fund_and_refuses_nobody() -> None:
    empty = (
        Ledger().settle(settlement("rich", "123.00"), DAY).settle(settlement("poor", "18", aids="10"), DAY)
    )

    alert = alert_of(empty)

    assert alert is not None
    assert alert.missing == Money.of("5.72")
    assert "5,72\u00a0€" in alert.sentence("fr")
    assert "€5.72" in alert.sentence("en")
    assert empty.settle(settlement("poorer", "0"), DAY).balance == Money.of("-84.08")


def test_alerts_from_the_first_cent_under_the_least() -> None:
    fund = Ledger().grant(Money.of(100), DAY, memo="Town")

    assert alert_of(Ledger()) is None
    assert alert_of(fund, least=Money.of(100)) is None
    assert alert_of(fund, least=Money.of("100.01")) is not None


def build(steps: list[tuple[str, object]]) -> Ledger:
    ledger = Ledger()
    for place, (verb, told) in enumerate(steps):
        day = DAY + timedelta(place * 11)
        standing = {entry.stay for entry in ledger.standing()}
        if isinstance(told, Settlement) and told.stay not in standing:
            ledger = ledger.settle(told, day)
        elif isinstance(told, Settlement):
            ledger = ledger.cancel(told.stay, day)
        elif isinstance(told, Money) and told.minor:
            ledger = ledger.give(told, day) if verb == "give" else ledger.grant(told, day, memo="Town")
    return ledger


STEPS = st.lists(
    st.tuples(st.sampled_from(["give", "grant"]), st.one_of(settlements(), amounts())), max_size=25
)


@given(STEPS)
def test_changes_the_fund_by_what_came_in_less_what_stays_cost(steps: list[tuple[str, object]]) -> None:
    ledger = build(steps)

    years = [statement(ledger, Period.of_year(year)) for year in (2027, 2028)]

    for told in years:  # I12: paid + others' vouchers + grants - cost, exactly
        assert told.change == told.closing - told.opening
        assert told.change.minor == sum(
            entry.movement.minor for entry in ledger.entries if told.period.contains(entry.day)
        )
    assert years[0].opening == Money(0)
    assert years[1].closing == ledger.balance
    assert ledger.into(Account.VOUCHERS) == Money(0)


@given(STEPS)
def test_reconciles_each_stay_with_its_movement(steps: list[tuple[str, object]]) -> None:
    ledger = build(steps)

    for entry in ledger.entries:
        assert sum(posting.amount.minor for posting in entry.postings) == 0
        if entry.kind == Kind.STAY:
            paid, aids, vouchers, cost = (
                entry.into(account).minor
                for account in (Account.GUESTS, Account.AIDS, Account.VOUCHERS, Account.COSTS)
            )
            assert -paid - aids - vouchers - cost == entry.movement.minor
    for entry in ledger.standing():
        if entry.kind == Kind.STAY:
            assert ledger.movement_of(entry.stay) == entry.over_cost


@given(STEPS, settlements())
def test_restores_everything_when_a_stay_is_undone(steps: list[tuple[str, object]], stay: Settlement) -> None:
    ledger = build(steps)
    new = Settlement("new", stay.cost, stay.variable, stay.paid, stay.aids)
    day = DAY + timedelta(1000)

    undone = ledger.settle(new, day).cancel("new", day)

    assert [undone.into(account) for account in Account] == [ledger.into(account) for account in Account]
    assert undone.standing() == ledger.standing()


@given(STEPS)
def test_only_ever_adds_to_the_ledger(steps: list[tuple[str, object]]) -> None:
    ledgers = [build(steps[:upto]) for upto in range(len(steps) + 1)]

    for earlier, later in pairwise(ledgers):
        assert later.entries[: len(earlier.entries)] == earlier.entries


@given(settlements())
def test_gives_and_receives_never_both(stay: Settlement) -> None:
    assert stay.contribution - stay.support == stay.over_cost == stay.paid + stay.aids - stay.cost
    assert min(stay.contribution, stay.support) == Money(0)
    assert stay.voucher <= stay.support
    assert stay.paid + stay.aids + stay.voucher >= stay.variable


def posting(account: Account, minor: int, currency: str = "EUR") -> Posting:
    return Posting(account, Money(minor, currency))


GIFT = (posting(Account.GIFTS, -100), posting(Account.FUND, 100))
GIVEN = Entry(1, DAY, Kind.GIFT, GIFT)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"number": 0}, "number"),
        ({"number": True}, "number"),
        ({"postings": ()}, "accounts"),
        ({"postings": GIFT[::-1]}, "order"),
        ({"postings": (GIFT[0], GIFT[0], posting(Account.FUND, 200))}, "once"),
        ({"postings": (GIFT[0], posting(Account.FUND, 101))}, "leaves 1"),
        ({"postings": (GIFT[0], posting(Account.FUND, 100, "CHF"))}, "currencies"),
        ({"postings": (posting(Account.GIFTS, 100), posting(Account.FUND, -100))}, "giver"),
        ({"kind": Kind.GRANT}, "gifts"),
        ({"stay": "B1"}, "stay"),
        ({"kind": Kind.STAY}, "stay"),
        ({"reverses": 1}, "reversal"),
        ({"kind": Kind.REVERSAL}, "reversal"),
    ],
)
def test_refuses_an_entry_that_cannot_be(fields: dict[str, object], words: str) -> None:
    whole: dict[str, object] = {"number": 1, "day": DAY, "kind": Kind.GIFT, "postings": GIFT}

    with pytest.raises(FundInvalid, match=words):
        Entry(**{**whole, **fields})  # type: ignore[arg-type]


def test_refuses_a_ledger_that_was_tampered_with() -> None:
    ledger = Ledger().settle(settlement("B", "18", aids="0"), DAY)
    voucher, stay = ledger.entries
    undo = voucher.reversed_as(3, DAY)

    for entries in (
        (stay,),  # a gap in the numbers
        (voucher,),  # a voucher without its stay
        (voucher, stay, Entry(3, DAY - timedelta(1), Kind.GIFT, GIFT)),  # dated back
        (voucher, stay, undo),  # the voucher alone is undone
        (GIVEN, GIVEN.reversed_as(2, DAY), GIVEN.reversed_as(3, DAY)),  # undone twice
        (
            GIVEN,
            GIVEN.reversed_as(2, DAY),
            Entry(3, DAY, Kind.REVERSAL, GIFT, reverses=2),
        ),  # an undoing undone
        (GIVEN, Entry(2, DAY, Kind.REVERSAL, GIFT, reverses=1)),  # not the mirror
        (GIVEN, GIVEN.reversed_as(2, DAY), Entry(3, DAY, Kind.REVERSAL, GIFT, reverses=3)),  # itself
        (GIVEN, Entry(2, DAY, Kind.REVERSAL, GIFT, reverses=9)),
    ):
        with pytest.raises(FundInvalid):
            Ledger(entries)
    with pytest.raises(FundInvalid, match="CHF alone"):
        Ledger((GIVEN,), "CHF")
    with pytest.raises(AmountInvalid):
        Ledger((), "XYZ")


def test_refuses_a_settlement_or_gift_that_cannot_be() -> None:
    for paid, aids, cost, variable in (("-1", "0", "9", "1"), ("0", "-1", "9", "1"), ("0", "0", "9", "9.01")):
        with pytest.raises(FundInvalid):
            settlement("A", paid, aids=aids, cost=cost, variable=variable)
    with pytest.raises(FundInvalid):
        settlement(" ", "1")
    with pytest.raises(CurrencyMismatch):
        Settlement("A", Money(5), Money(5, "CHF"), Money(5), Money(5))
    for amount in (Money(0), Money(-1)):
        with pytest.raises(FundInvalid):
            Ledger().give(amount, DAY)
    with pytest.raises(FundInvalid):
        Ledger().give(Money(1), date(2027, 3, 2)).give(Money(1), DAY)
