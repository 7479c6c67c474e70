"""Every kind of line computes what the language says of it."""

from typing import Any

import pytest

from tests.pricing.scale.drafts import CENTS, EXACT, answer, draft, line, price

BY_TOWN = {"by": "town", "values": {"here": "1.50", "nearby": None}}


@pytest.mark.parametrize(
    ("value", "household", "expected"),
    [
        ("1.750", {}, "1.750"),  # as it is written
        ("qf", {"qf": "800.00"}, "800.00"),
        ("people", {"people": 3}, "3"),
        ("qf", {}, "missing_input"),
        (BY_TOWN, {"town": "here"}, "1.50"),
        (BY_TOWN, {"town": "nearby"}, "out_of_domain"),
        (BY_TOWN, {}, "missing_input"),
        ({"by": "member", "values": {"true": "1", "false": BY_TOWN}}, {"member": True}, "1"),
        (
            {"by": "member", "values": {"true": "1", "false": BY_TOWN}},
            {"member": False, "town": "here"},
            "1.50",
        ),
        ({"by": "pupils", "values": {"1": "3", "2": "5"}}, {"pupils": 2}, "5"),
    ],
)
def test_gives_the_value_of_an_operand(value: Any, household: dict[str, Any], expected: str) -> None:
    assert price(line("value", value=value), **household) == expected


def test_prints_a_rounded_line_alike_wherever_it_is_named() -> None:
    rounded = {"name": "half", "kind": "product", "of": ["qf", "0.5"], "round": CENTS}

    assert price(rounded, line("value", value="half"), qf="3") == "1.50"


@pytest.mark.parametrize(
    ("keys", "qf", "expected"),
    [
        ({"rate": "0.1"}, "25", "2.5"),
        ({"rate": "0.1", "offset": "1"}, "25", "3.5"),
        ({"rate": "0.1", "beyond": "20"}, "25", "0.5"),
        ({"rate": "0.1", "beyond": "30", "offset": "1"}, "25", "1"),  # max(0, 25 - 30) = 0
        ({"rate": "-1", "floor": "0"}, "25", "0"),
        ({"rate": "1", "ceiling": "24.90"}, "25", "24.9"),
        ({"rate": "1", "floor": "other", "ceiling": "24"}, "25", "24"),  # raised to 30, then lowered
    ],
)
def test_goes_up_a_straight_line(keys: dict[str, Any], qf: str, expected: str) -> None:
    assert price(line("linear", of="qf", **keys, round=EXACT), qf=qf, other="30") == expected


def test_clamps_before_it_rounds() -> None:
    rounded = {"mode": "half_up", "quantum": "1"}

    assert price(line("linear", of="qf", rate="1", ceiling="2.5", round=rounded), qf="9") == "3"


@pytest.mark.parametrize(
    ("qf", "expected"), [("-5", "1"), ("0", "1"), ("5", "2"), ("10", "3"), ("20", "-2"), ("21", "-2")]
)
def test_follows_knots_and_is_constant_outside(qf: str, expected: str) -> None:
    knots = [{"at": "0", "value": "1"}, {"at": "10", "value": "3"}, {"at": "20", "value": "-2"}]

    assert price(line("piecewise_linear", of="qf", knots=knots, round=EXACT), qf=qf) == expected


def test_takes_a_single_knot_for_a_constant() -> None:
    knots = [{"at": "0", "value": "7"}]

    assert price(line("piecewise_linear", of="qf", knots=knots, round=EXACT), qf="-3") == "7"


BRACKETS = [{"from": "10", "rate": "0.1"}, {"from": "20", "rate": "0.5"}]


@pytest.mark.parametrize(
    ("keys", "qf", "expected"),
    [
        ({}, "9.99", "0"),
        ({}, "-50", "0"),
        ({}, "20", "1"),
        ({}, "30", "6"),  # 10 x 0.1 + 10 x 0.5
        ({"parts": "2"}, "60", "12"),  # T(30) x 2
        ({"parts": "other"}, "60", "out_of_domain"),  # no parts
        # T(60 / 3) x 3 = 3; T(60) - 2 x 2 x (3 - 1) = 21 - 8 = 13
        ({"parts": "3", "cap": {"per_half_part": "2", "base_parts": "1"}}, "60", "13"),
        ({"parts": "3", "cap": {"per_half_part": "9", "base_parts": "1"}}, "60", "3"),
        ({"cap": {"per_half_part": "2", "base_parts": "other"}}, "60", "out_of_domain"),
    ],
)
def test_taxes_slice_by_slice(keys: dict[str, Any], qf: str, expected: str) -> None:
    marginal = line("marginal", of="qf", brackets=BRACKETS, **keys, round=EXACT)

    assert price(marginal, qf=qf, other="0") == expected


@pytest.mark.parametrize(("people", "expected"), [(0, "0"), (1, "1"), (2, "1.5"), (5, "2.4"), (10**30, None)])
def test_weighs_members_and_repeats_the_last_weight(people: int, expected: str | None) -> None:
    members = [{"of": "people", "each": ["1", "0.5", "0.3"]}]
    astronomical = str(10**30 * 3 // 10 + 0) + ".9"  # 1 + 0.5 + 0.3 x (people - 2)

    weighed = price(line("equivalence", members=members), people=people)

    assert weighed == (expected or astronomical)


def test_adds_the_weights_of_all_members() -> None:
    members = [{"of": "people", "each": ["1", "0.5"]}, {"of": "pupils", "each": ["0.3"]}]

    assert price(line("equivalence", members=members), people=2, pupils=2) == "2.1"
    assert price(line("equivalence", members=members), people=2) == "missing_input"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"of": ["qf", "people", "0.5"]}, "15"),
        ({"of": ["qf"], "divide_by": ["12", "people"]}, "0.277777777778"),
        ({"of": ["qf"], "divide_by": ["12", "other"]}, "out_of_domain"),
        ({"of": ["qf"], "ceiling": "9.5"}, "9.5"),
        ({"of": ["qf"], "floor": {"by": "pupils", "values": {"1": "11", "2": "12"}}}, "12"),
    ],
)
def test_multiplies_and_divides(keys: dict[str, Any], expected: str) -> None:
    assert price(line("product", **keys, round=EXACT), qf="10", people=3, other="0", pupils=2) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"plus": ["qf", "people"]}, "13"),
        ({"plus": ["qf"], "minus": ["people", "8"]}, "-1"),
        ({"plus": ["qf"], "minus": ["people", "8"], "floor": "0"}, "0"),
        ({"plus": ["other"]}, "missing_input"),
    ],
)
def test_adds_and_takes_away(keys: dict[str, Any], expected: str) -> None:
    assert price(line("sum", **keys, round=EXACT), qf="10", people=3) == expected


PERCENTAGE = {"rate": "0.05", "of": "qf", "shared_by": "people", "cap": "4"}


@pytest.mark.parametrize(
    ("keys", "household", "expected"),
    [
        ({"tariff": "1.07"}, {}, "1.07"),
        ({"tariff": BY_TOWN, "percentage": PERCENTAGE}, {"town": "here"}, "1.5"),
        ({"tariff": BY_TOWN, "percentage": PERCENTAGE}, {"town": "nearby", "qf": "60", "people": 2}, "1.5"),
        ({"tariff": BY_TOWN, "percentage": PERCENTAGE}, {"town": "nearby", "qf": "600", "people": 2}, "4"),
        ({"tariff": "other", "percentage": PERCENTAGE}, {"qf": "60", "people": 2}, "1.5"),
        ({"tariff": None, "percentage": PERCENTAGE}, {"qf": "60", "people": 2}, "1.5"),
        ({"percentage": PERCENTAGE}, {"qf": "60", "people": 0}, "out_of_domain"),
        ({"percentage": PERCENTAGE}, {"people": 2}, "missing_input"),
        ({"tariff": BY_TOWN}, {"town": "nearby"}, "out_of_domain"),
        ({"tariff": "other"}, {}, "missing_input"),
        ({"tariff": "1", "surcharges": [{"name": "a", "rate": "0.1"}, {"name": "b", "rate": "qf"}]}, {"qf": "0.24"},
         "1.34"),
        ({"tariff": "1", "exempt": {"member": True}}, {"member": True}, "0"),
        ({"tariff": "other", "exempt": [{"town": "here"}, {"member": True}]}, {"member": True}, "0"),
        ({"tariff": "1", "exempt": {"member": True}}, {}, "1"),
    ],
)  # fmt: skip
def test_taxes_a_night(keys: dict[str, Any], household: dict[str, Any], expected: str) -> None:
    assert price(line("per_person_night", **keys, round=EXACT), **household) == expected


@pytest.mark.parametrize(
    ("keys", "qf", "expected"),
    [
        ({}, "60", "60"),
        ({"share": "0.8"}, "60", "48"),
        ({"share": "2"}, "60", "60"),  # never more than the price
        ({"share": "0.8", "cap": "40"}, "60", "40"),
        ({"share": "0.8", "cap": "40", "left_to_pay": "50"}, "60", "10"),
        ({"left_to_pay": "50"}, "40", "0"),  # never below 0
        ({"eligible": {"member": True}}, "60", "0"),
        ({"eligible": {"member": {"given": False}}}, "60", "60"),
    ],
)
def test_aids(keys: dict[str, Any], qf: str, expected: str) -> None:
    assert price(line("aid", of="qf", **keys, round=EXACT), qf=qf) == expected


def test_tells_whether_a_condition_holds() -> None:
    test = line("test", that={"qf": {"above": "other"}})

    assert price(test, qf="3", other="2") is True
    assert price(test, qf="2", other="2") is False


def test_reads_a_table_by_a_class_a_shift_and_a_test_line() -> None:
    rows = [{"from": "0", "below": "1", "class": "small"}, {"from": "1", "below": None, "class": "large"}]
    lines = [
        {"name": "size", "kind": "class", "of": "qf", "rows": rows, "shift": "people"},
        {"name": "is_large", "kind": "test", "that": {"size": "large"}},
        {"name": "plain", "kind": "value", "value": {"by": "size", "values": {"small": "1", "large": "2"}}},
        line("value", value={"by": "is_large", "values": {"true": "plain_no", "false": "0"}}),
    ]
    lines[-1]["value"]["values"]["true"] = "20"

    assert answer(draft(*lines), qf="0", people=0) == {
        "size": "small", "is_large": False, "plain": "1", "price": "0",
    }  # fmt: skip
    assert answer(draft(*lines), qf="0", people=1)["price"] == "20"
    assert answer(draft(*lines), qf="0", people=10**40)["size"] == "large"
    assert answer(draft(*lines), qf="0") == {"error": "missing_input"}
    assert answer(draft(*lines), qf="-1", people=1) == {"error": "out_of_domain"}


def test_lets_the_first_override_that_holds_replace_the_kind() -> None:
    overrides = [
        {"when": {"member": True}, "value": "other"},
        {"when": {"qf": {"given": False}}, "value": "2.005", "note": "for those who tell nothing"},
    ]
    lines = line("linear", of="qf", rate="1", floor="5", round=CENTS, overrides=overrides)

    assert price(lines, qf="7") == "7.00"
    assert price(lines) == "2.01"  # rounded like the line, not clamped, without the input of the kind
    assert price(lines, member=True, other="1.234") == "1.23"
    assert price(lines, member=True) == "missing_input"


def test_shows_an_override_of_an_unrounded_line_as_it_is_written() -> None:
    rows = [{"from": "0", "below": None, "value": "1.00"}]
    overrides = [{"when": {"member": True}, "value": "0.50"}]

    assert price(line("step", of="qf", rows=rows, overrides=overrides), member=True) == "0.50"
    assert price(line("sum", plus=["1.0"], round=EXACT, overrides=overrides), member=True) == "0.5"


def test_leaves_a_line_out_whose_condition_fails() -> None:
    absent = {"name": "extra", "kind": "value", "value": "2.00", "when": {"member": True}}
    given = {"name": "is_there", "kind": "test", "that": {"extra": {"given": True}}}
    over = {"name": "is_dear", "kind": "test", "that": {"extra": {"above": "1"}}}

    assert answer(draft(absent, given, over)) == {"extra": None, "is_there": False, "is_dear": False}
    assert answer(draft(absent, given, over), member=True) == {
        "extra": "2.00", "is_there": True, "is_dear": True,
    }  # fmt: skip
    assert answer(draft(absent, line("value", value="extra"))) == {"error": "missing_input"}
    assert answer(draft(absent, line("sum", plus=["extra"], round=EXACT))) == {"error": "missing_input"}


def test_looks_at_the_condition_of_a_line_before_its_overrides() -> None:
    overrides = [{"when": {"member": True}, "value": "1"}]
    lines = line("value", value="2", when={"town": "here"}, overrides=overrides)

    assert price(lines, member=True) is None
