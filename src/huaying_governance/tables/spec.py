"""表格规格: what a table is: its columns, and the rule that needs more than one cell of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from attrs import Factory, field, frozen

from huaying_governance.kernel.geo import Degrees, Point
from huaying_governance.tables.cells import Column, Fault, Need
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.text import Text

Cells = Mapping[str, object]
Check = Callable[[Cells], Iterator[tuple[str, Fault]]]
"""A rule over the cells of one row, by column name; yields the column at fault and the fault."""


def no_check(_: Cells) -> Iterator[tuple[str, Fault]]:
    """A table without a rule over whole rows."""
    return iter(())


def _refuses_nothing(_: str) -> Text | None:
    return None


def _index(columns: tuple[Column, ...]) -> Mapping[str, int]:
    return MappingProxyType({column.name: place for place, column in enumerate(columns)})


@frozen
class TableSpec:
    """表: name, title, columns in order.

    `key`: the column that names a row, once; `parent`: the one that names its parent's row; `check`: the rule over a
    whole row; `refuses`: tells of a header what it would hold that this very table must not, beyond `privacy`.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    key: str | None = None
    parent: str | None = None
    check: Check = no_check
    refuses: Callable[[str], Text | None] = _refuses_nothing
    index: Mapping[str, int] = field(
        init=False, repr=False, eq=False, default=Factory(lambda self: _index(self.columns), takes_self=True)
    )

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return self.columns[self.index[name]]


def period(cells: Cells) -> Iterator[tuple[str, Fault]]:
    """`to` may not lie before `from`."""
    start, end = cells.get("from"), cells.get("to")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield "to", Fault("to-before-from")


def place(need: Need = "cell") -> tuple[Column, Column]:
    """Return the two columns of a place, in decimal degrees; `point_of` reads them."""
    return (
        Column("longitude", "degrees", need, hint="longitude"),
        Column("latitude", "degrees", need, hint="latitude"),
    )


def point_of(cells: Cells) -> Point | None:
    """Return the place that a row states; None where a coordinate is unknown."""
    longitude, latitude = cells["longitude"], cells["latitude"]
    if isinstance(longitude, Degrees) and isinstance(latitude, Degrees):
        return Point(longitude.value, latitude.value)
    return None


def plain(*names: str, **worded: Words) -> tuple[Column, ...]:
    """Return the columns of a result: shown as they come, under these names.

    `worded`, by name: the words of columns that hold codes of a choice. A result keeps the codes; who shows it says
    the words.
    """
    assert worded.keys() <= set(names)  # noqa: S101 - a slip of whoever declares the table
    return tuple(
        Column(name, choice=Choice(worded[name])) if name in worded else Column(name) for name in names
    )
