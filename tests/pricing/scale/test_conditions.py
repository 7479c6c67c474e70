"""A condition is data: all its tests hold, or those of one object of a list."""

from typing import Any

import pytest

from tests.pricing.scale.drafts import answer, draft, faults_of, line, price

HOUSEHOLD = {"qf": "400", "people": 2, "town": "here", "member": False}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"qf": {"from": "400"}}, True),
        ({"qf": {"above": "400"}}, False),
        ({"qf": {"up_to": "400"}}, True),
        ({"qf": {"below": "400"}}, False),
        ({"qf": {"from": "400", "below": "400.01"}}, True),
        ({"qf": {"above": "399.99", "up_to": "400"}}, True),
        ({"qf": {"from": "people"}}, True),
        ({"qf": {"below": {"by": "town", "values": {"here": "401", "nearby": "0"}}}}, True),
        ({"people": 2}, True),
        ({"people": 3}, False),
        ({"people": {"from": 2, "up_to": 2}}, True),
        ({"people": {"above": 2}}, False),
        ({"town": "here"}, True),
        ({"town": ["nearby", "here"]}, True),
        ({"town": ["nearby"]}, False),
        ({"member": False}, True),
        ({"member": True}, False),
        ({"other": {"given": False}}, True),
        ({"qf": {"given": True}}, True),
        ({"other": {"below": "5"}}, False),  # not given
        ({"pupils": 1}, False),
        ({"qf": {"from": "400"}, "member": True}, False),
        ([{"qf": {"below": "1"}}, {"member": False}], True),
        ([{"qf": {"below": "1"}}, {"member": True}], False),
    ],
)
def test_decides(condition: Any, holds: bool) -> None:
    assert price(line("test", that=condition), **HOUSEHOLD) is holds


@pytest.mark.parametrize("told", [{"town": "here"}, {"member": False}, {"people": 0}, {"qf": {"from": "0"}}])
def test_fails_a_test_on_what_is_not_given(told: Any) -> None:
    assert price(line("test", that=told)) is False


def test_needs_the_limits_that_it_names() -> None:
    assert price(line("test", that={"qf": {"below": "other"}}), qf="1") == "missing_input"
    assert price(line("test", that={"qf": {"below": "other"}})) is False


def test_tests_lines_above() -> None:
    flag = {"name": "poor", "kind": "test", "that": {"qf": {"below": "500"}}}

    assert answer(draft(flag, line("test", that={"poor": False})), **HOUSEHOLD)["price"] is False


@pytest.mark.parametrize(
    ("condition", "code", "below"),
    [
        ("qf > 5", "bad_value", ""),
        (True, "bad_value", ""),
        (None, "bad_value", ""),
        ({}, "bad_value", ""),
        ([], "bad_value", ""),
        ([[]], "bad_value", "[0]"),
        ({"price": True}, "unknown_name", ".price"),  # itself
        ({"later": True}, "unknown_name", ".later"),
        ({"date": {"given": True}}, "unknown_name", ".date"),
        ({"qf": 5}, "bad_value", ".qf"),
        ({"qf": "5"}, "bad_value", ".qf"),
        ({"qf": True}, "bad_value", ".qf"),
        ({"qf": {}}, "bad_value", ".qf"),
        ({"qf": {"from": "1", "above": "1"}}, "bad_value", ".qf"),
        ({"qf": {"below": "1", "up_to": "1"}}, "bad_value", ".qf"),
        ({"qf": {"below": 1}}, "bad_amount", ".qf.below"),
        ({"qf": {"below": "town"}}, "wrong_type", ".qf.below"),
        ({"qf": {"under": "1"}}, "unknown_key", ".qf.under"),
        ({"qf": {"given": "yes"}}, "bad_value", ".qf.given"),
        ({"qf": {"given": True, "from": "1"}}, "unknown_key", ".qf.from"),
        ({"qf": {"from": "5", "below": "5"}}, "bad_order", ".qf"),
        ({"people": "2"}, "bad_value", ".people"),
        ({"people": True}, "bad_value", ".people"),
        ({"people": {"from": "2"}}, "bad_value", ".people.from"),
        ({"town": "elsewhere"}, "bad_value", ".town"),
        ({"town": ["here", "elsewhere"]}, "bad_value", ".town[1]"),
        ({"town": []}, "bad_value", ".town"),
        ({"town": {"from": "1"}}, "wrong_type", ".town"),
        ({"member": "true"}, "bad_value", ".member"),
        ({"member": 1}, "bad_value", ".member"),
        ({"member": {"below": "1"}}, "wrong_type", ".member"),
        ([{"member": True}, {"members": True}], "unknown_name", "[1].members"),
    ],
)
def test_refuses_what_is_no_condition(condition: Any, code: str, below: str) -> None:
    document = draft(
        line("test", that=condition), {"name": "later", "kind": "test", "that": {"member": True}}
    )

    assert faults_of(document)[0] == (code, f"$.versions[0].lines[0].that{below}")
