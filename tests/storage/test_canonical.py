"""Canonical JSON: one way to write data, checked on the way."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.storage.canonical import MAX_DEPTH, MAX_INTEGER, decode, encode

KEYS = st.text(st.characters(max_codepoint=127), max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


class Word(StrEnum):
    OPEN = "open"


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_canonical_bytes_are_what_the_standard_library_writes(data: dict[str, Any]) -> None:
    """The bytes are those of `json` with sorted keys, no spaces and UTF-8; reading them gives the data again."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert encode(data) == written
    assert decode(written) == data


@given(st.dictionaries(KEYS, VALUES, min_size=2, max_size=6))
def test_the_order_of_keys_does_not_matter(data: dict[str, Any]) -> None:
    """Equal data have equal bytes, in whatever order and kind of mapping they come; tuples are lists."""
    turned = MappingProxyType(dict(reversed(data.items())))
    assert encode(turned) == encode(data)
    assert encode({"x": (1, (2,))}) == encode({"x": [1, [2]]})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"a": {"b": [1, 0.5]}}, "data.a.b[1]: a float is no plain JSON value"),
        ({"a": float("nan")}, "data.a: a float"),
        ({"a": [{}, {"金额": 1}]}, "data.a[1]: a key is ASCII text"),
        ({1: 2}, "data: a key is ASCII text"),
        ({"a": 2**53}, "data.a: a whole number beyond"),
        ({"a": -(2**53)}, "data.a: a whole number beyond"),
        ({"a": Decimal("1.50")}, "data.a: a Decimal"),
        ({"a": date(2026, 1, 1)}, "store dates and decimals as text"),
        ({"a": Word.OPEN}, "data.a: a Word"),
        ({"a": {1}}, "data.a: a set"),
        ({"a": "\udc00"}, "half of a surrogate pair"),
        (["a"], "data: a list is no plain"),
    ],
)
def test_what_readers_would_not_agree_on_is_refused(data: Any, told: str) -> None:
    """The message names the place and the kind of value, never the value."""
    with pytest.raises(ValueError, match=r"^data") as caught:
        encode(data)
    assert told in str(caught.value)
    assert "1.50" not in str(caught.value)


def test_depth_is_bounded() -> None:
    """Nesting as deep as allowed is written; deeper, also without end, is refused quickly."""

    def nested(levels: int) -> Any:
        data: Any = 1
        for level in range(levels):
            data = [data] if level % 2 else {"a": data}
        return {"a": data}

    assert decode(encode(nested(MAX_DEPTH - 1)))
    with pytest.raises(ValueError, match="levels deep"):
        encode(nested(MAX_DEPTH))
    endless: dict[str, Any] = {}
    endless["a"] = endless
    with pytest.raises(ValueError, match="levels deep"):
        encode(endless)
