"""查询: how `find` reads what is wanted: checked once here, then answered by each store in its own way."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

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
        kind.check(test.key)
        for value in test.values:
            kind.check(test.key, value)
    return found


def _tests_of(key: str, want: Want) -> list[Test]:
    match want:
        case Between(low, high):
            return [Test(key, op, (end,)) for op, end in (("from", low), ("to", high)) if end is not None]
        case tuple():
            return [Test(key, "in", want)]
        case _:
            return [Test(key, "is", (want,))]
