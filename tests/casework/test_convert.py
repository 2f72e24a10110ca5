"""The strict converter: what is written reads back the same, and nothing is converted silently."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.casework import read, written
from huaying_governance.kernel.dates import SHANGHAI


@frozen
class Inner:
    name: str
    count: int = 0


@frozen
class Everything:
    text: str
    number: int = 0
    flag: bool | None = None
    day: date | None = None
    moment: datetime | None = None
    amount: Decimal | None = None
    many: tuple[str, ...] = ()
    inner: Inner | None = None


values = st.builds(
    Everything,
    text=st.text(),
    number=st.integers(-(2**63), 2**63),
    flag=st.none() | st.booleans(),
    day=st.none() | st.dates(),
    moment=st.none()
    | st.datetimes(min_value=datetime(1992, 1, 1)).map(lambda naive: naive.replace(tzinfo=SHANGHAI)),
    amount=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    many=st.lists(st.text()).map(tuple),
    inner=st.none() | st.builds(Inner, name=st.text(), count=st.integers(0, 9)),
)


@given(value=values)
def test_what_is_written_reads_back_the_same(value: Everything) -> None:
    """read(written(x)) == x, and what has its default is not written."""
    data = written(value)
    assert read(data, Everything) == value
    assert ("number" in data) == (value.number != 0)


@pytest.mark.parametrize(
    "data",
    [
        {"text": 1},
        {"text": None},
        {"text": "a", "number": "1"},
        {"text": "a", "number": 1.0},
        {"text": "a", "number": True},
        {"text": "a", "flag": "否"},
        {"text": "a", "flag": 0},
        {"text": "a", "day": "2026-02-30"},
        {"text": "a", "day": 20260223},
        {"text": "a", "amount": 1},
        {"text": "a", "many": "abc"},
        {"text": "a", "many": [1]},
        {"text": "a", "inner": {"name": "x", "count": "1"}},
        {"text": "a", "inner": {"name": "x", "cuont": 1}},
        {"text": "a", "txet": "b"},
        {},
    ],
)
def test_nothing_is_converted_silently(data: dict[str, object]) -> None:
    """“否” is not True, 1.0 is not 1, "abc" is no list, an unknown key is not dropped: each is a problem."""
    with pytest.raises(hg.Problems):
        read(data, Everything)  # type: ignore[arg-type]


def test_all_faults_come_together_and_say_where() -> None:
    """One reading names every fault with its path."""
    with pytest.raises(hg.Problems) as raised:
        read({"text": 1, "number": "x", "day": "never"}, Everything)
    said = [problem.message.en for problem in raised.value.problems]
    assert len(said) == 3
    assert {path for line in said for path in ("$.text", "$.number", "$.day") if path in line} == {
        "$.text",
        "$.number",
        "$.day",
    }
