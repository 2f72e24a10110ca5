"""查询: how `find` reads what is wanted: checked once here, then answered by each store in its own way."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from huaying_governance.storage.canonical import MAX_INTEGER
from huaying_governance.storage.values import Between, KeyValue, Row, RowKind, Want


@frozen
class Test:
    """One comparison of a key: `op` is `is`, `in`, `from` or `to`; `values` what the key is compared with."""

    key: str
    op: str
    values: tuple[KeyValue, ...]

    def holds(self, row: Row) -> bool:
        """Tell whether a row passes."""
        value = row.keys.get(self.key)
        if self.op in {"is", "in"}:
            return value in self.values
        if value is None:
            return False
        bound = self.values[0]
        return value >= bound if self.op == "from" else value <= bound  # type: ignore[operator]


def tests(kind: RowKind, where: Mapping[str, Want] | None) -> tuple[Test, ...]:
    """Return `where` as comparisons. `ValueError` names an undeclared key or a value of the wrong type."""
    found = tuple(test for key, want in (where or {}).items() for test in _tests_of(key, want))
    for test in found:
        kind.type_of(test.key)
        for value in test.values:
            _check(kind, test.key, value)
    return found


def _tests_of(key: str, want: Want) -> list[Test]:
    match want:
        case Between(low, high):
            return [Test(key, op, (end,)) for op, end in (("from", low), ("to", high)) if end is not None]
        case tuple():
            return [Test(key, "in", want)]
        case _:
            return [Test(key, "is", (want,))]


def key_values(kind: RowKind, row: Row) -> tuple[KeyValue, ...]:
    """Return a row's keys in the order of their declaration; one that is not given is None."""
    for key, value in row.keys.items():
        _check(kind, key, value)
    return tuple([row.keys.get(key.name) for key in kind.keys])


def _check(kind: RowKind, key: str, value: KeyValue) -> None:
    if kind.type_of(key) == "text":
        fits, takes = type(value) is str and "\0" not in value, "text"
    else:
        fits, takes = type(value) is int and abs(value) <= MAX_INTEGER, "whole numbers"  # True is no number
    if not fits and value is not None:
        raise ValueError(f"row kind `{kind.name}`: key `{key}` takes {takes} or None")
