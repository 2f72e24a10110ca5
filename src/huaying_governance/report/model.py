"""看板的值: what a board shows: figures with their denominators, pictures, and sections of rows to look into.

Everything here is already said in one language. What a reader may filter by, sort and open is stated, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import frozen

from huaying_governance.text import Lang, Text

Colour: TypeAlias = Literal["red", "yellow", "green", ""]
COLOURS: Mapping[Colour, Text] = MappingProxyType(
    {
        "red": Text("红", "red"),
        "yellow": Text("黄", "yellow"),
        "green": Text("绿", "green"),
        "": Text("—", "—"),
    }
)


@frozen
class Line:
    """一行: the cells of the table, its colour, and what is shown when it is opened, by `Section.details`."""

    cells: tuple[str, ...]
    colour: Colour = ""
    details: tuple[str, ...] = ()


@frozen
class Figure:
    """指标: `part` of `whole`. Of nothing there is no rate, and the board says so."""

    label: str
    part: int
    whole: int

    def say(self, lang: Lang) -> str:
        """Return the figure with its denominator, as `88.9%（8/9）`."""
        if not self.whole:
            return Text("无（分母为0）", "none (nothing to count)").say(lang)
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        rate = f"{tenths // 10}.{tenths % 10}%"
        return Text(f"{rate}（{self.part:,}/{self.whole:,}）", f"{rate} ({self.part:,}/{self.whole:,})").say(
            lang
        )


@frozen
class Section:
    """一节: a table of the board. `lines` gives its rows anew each time it is called, so that a million pass through.

    `facets` are the columns with few words, offered as choices; `details` label what an opened row shows. A section
    that is not `coloured` has no row with a colour; those of one `group` stand together in the contents. `pictures` are
    SVG texts, shown above its rows.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    lines: Callable[[], Iterable[Line]]
    count: int
    facets: tuple[int, ...] = ()
    details: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: str = ""
    coloured: bool = True
    group: str = ""
    pictures: tuple[str, ...] = ()


@frozen
class Board:
    """看板: one page: title, day, language and sections.

    `warning`: what must be known before anything is read, such as that the case has changed since.
    """

    title: str
    on: str
    lang: Lang
    sections: tuple[Section, ...]
    warning: str = ""
