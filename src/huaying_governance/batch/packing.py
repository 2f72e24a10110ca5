"""Small numbers in few columns (紧凑列): what is kept of each row between judging it and writing its lines.

A batch of ten million rows is held once at that point; a column per detail would cost more memory than the rest.
"""

from __future__ import annotations

from attrs import define, field, frozen
from sqlglot import exp

from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.sql import Sql, binary, cast, column, literal

ROOM = 2**62
APART = 16
"""So many numbers that are read for every row have columns of their own; beyond that memory counts more."""
_TYPES = ((2**15, "SMALLINT"), (2**31, "INT"), (ROOM, "BIGINT"))


@frozen
class Slot:
    """Where a small number stands: in which column, times what, below what."""

    word: int
    factor: int
    radix: int
    alone: bool = False


@define(eq=False)
class Packing:
    """Columns of numbers packed by mixed radix. Every value lies from 0 to below its radix and is never unknown."""

    words: list[list[tuple[Slot, Sql]]] = field(factory=list)
    sizes: list[int] = field(factory=list)
    _alone: int = 0

    def add(self, value: Sql, radix: int, *, often: bool = False) -> Slot:
        """Put a value in and return where it stands; one that is read `often` stands alone, where there are few."""
        if often and self._alone < APART:
            self._alone += 1
            slot = Slot(len(self.words), 1, radix, alone=True)
            self.words.append([(slot, value)])
            self.sizes.append(ROOM)
            return slot
        if not self.words or self.sizes[-1] * radix > ROOM:
            self.words.append([])
            self.sizes.append(1)
        slot = Slot(len(self.words) - 1, self.sizes[-1], radix)
        self.words[-1].append((slot, value))
        self.sizes[-1] *= radix
        return slot

    def columns(self) -> list[tuple[str, Sql]]:
        """Return the columns by name."""
        return [(f"p{number}", self._word(number)) for number in range(len(self.words))]

    def _word(self, number: int) -> Sql:
        slot, value = self.words[number][0]
        if slot.alone:
            return cast(value, "SMALLINT")
        total: Sql | None = None
        for slot, value in self.words[number]:
            part = cast(value, "BIGINT")
            if slot.factor > 1:
                part = binary(exp.Mul, part, Sql(literal(slot.factor)))
            total = part if total is None else binary(exp.Add, total, part)
        assert total is not None  # noqa: S101 - a word is made with its first value
        kind = next(name for limit, name in _TYPES if self.sizes[number] <= limit)
        return cast(total, kind)

    def read(self, slot: Slot, dialect: Dialect) -> Sql:
        """Return the value that stands in a slot."""
        if slot.alone:
            return column(f"p{slot.word}")
        found = cast(column(f"p{slot.word}"), "BIGINT")
        if slot.factor > 1:
            found = dialect.quotient(found, Sql(literal(slot.factor)), wide=False)
        return binary(exp.Mod, found, Sql(literal(slot.radix)))
