"""社区简报: one page for a community: its figures, and what is red or yellow there; as HTML and as a workbook.

A result counts for a community by its column `community`; assignments and entries get theirs from the case's own
tables, since their results do not repeat it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from importlib import resources

from attrs import frozen

from huaying_governance.report.model import COLOURS, Colour, Figure
from huaying_governance.report.page import warned
from huaying_governance.report.results import Results
from huaying_governance.tables import TableSpec
from huaying_governance.text import Lang, Text

MOST = 12
"""Lines of one table on a page: a brief is one page, the board has the rest."""
BRIEF = Text("{name} 社区治理简报", "{name}: community brief")
AS_OF = Text("截至 {on}", "as of {on}")
TABLE, ROWS, COLOUR = Text("事项", "table"), Text("件数", "rows"), Text("颜色", "colour")
WATCH = Text("需要关注", "to be looked at")
MORE = Text("另有 {n} 件，见看板", "{n} more on the board")
NONE = Text("没有红、黄事项", "nothing red or yellow")


@frozen
class Group:
    """一表的数: the rows of one table that are of a community, by colour; the first of those to be looked at."""

    title: str
    colours: Mapping[Colour, int]
    watched: tuple[tuple[Colour, str], ...]

    @property
    def rows(self) -> int:
        """All rows of the table that are of the community."""
        return sum(self.colours.values())


@frozen
class Brief:
    """简报 of one community in one language."""

    name: str
    on: str
    lang: Lang
    groups: tuple[Group, ...]
    warning: str = ""

    def lines(self) -> Iterator[list[str]]:
        """Yield the brief as the rows of a sheet."""
        yield [BRIEF.fill(name=self.name).say(self.lang), AS_OF.fill(on=self.on).say(self.lang)]
        if self.warning:
            yield [self.warning]
        yield [TABLE.say(self.lang), ROWS.say(self.lang), *(text.say(self.lang) for text in COLOURS.values())]
        for group in self.groups:
            yield [group.title, str(group.rows), *(str(group.colours.get(each, 0)) for each in COLOURS)]
        yield [WATCH.say(self.lang)]
        for group in self.groups:
            for colour, said in group.watched[:MOST]:
                yield [group.title, COLOURS[colour].say(self.lang), said]

    def html(self) -> str:
        """Return the brief as a page that prints on one sheet."""
        title = escape(BRIEF.fill(name=self.name).say(self.lang))
        css = resources.files("huaying_governance.report").joinpath("board.css").read_text("utf-8")
        figures = "".join(map(self._figure, self.groups))
        watched = "".join(map(self._watched, self.groups)) or f"<p>{NONE.say(self.lang)}</p>"
        return (
            f'<!DOCTYPE html>\n<html lang="{"zh-CN" if self.lang == "zh" else "en"}">\n<head>\n'
            f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<title>{title}</title>\n<link rel="icon" href="data:,">\n<style>\n{css}</style>\n</head>\n<body>\n'
            f'<header><h1>{title}</h1><p class="day">{AS_OF.fill(on=self.on).say(self.lang)}</p>'
            f"{warned(self.warning)}</header>\n"
            f'<main><ul class="figures">{figures}</ul>\n<h2>{WATCH.say(self.lang)}</h2>\n{watched}</main>\n'
            "</body>\n</html>\n"
        )

    def _figure(self, group: Group) -> str:
        red = Figure(
            f"{group.title} · {COLOURS['red'].say(self.lang)}", group.colours.get("red", 0), group.rows
        )
        return f"<li>{escape(red.label)} <b>{escape(red.say(self.lang))}</b></li>"

    def _watched(self, group: Group) -> str:
        if not group.watched:
            return ""
        items = "".join(
            f'<li><span class="chip {colour}">{COLOURS[colour].say(self.lang)}</span> {escape(said)}</li>'
            for colour, said in group.watched[:MOST]
        )
        more = len(group.watched) - MOST
        rest = f"<p>{MORE.fill(n=more).say(self.lang)}</p>" if more > 0 else ""
        return f"<h3>{escape(group.title)}</h3><ul>{items}</ul>{rest}\n"


Places = Mapping[str, Mapping[str, str]]
"""By result table, the community of each row that does not name it: by its id or its person."""
TELLS = ("outcome", "state", "due", "codes", "reason")
"""What is said of a row that is to be looked at."""


def brief_of(results: Results, community: str, name: str, places: Places) -> Brief:
    """Return the brief of a community, which tables may call by its id or its name."""
    groups = tuple(
        group
        for spec in results.tables()
        if (group := _group(results, spec, {community, name}, places.get(spec.name, {}))) is not None
    )
    told = "" if results.warning is None else results.warning.say(results.lang)
    return Brief(name, results.on.isoformat(), results.lang, groups, told)


def _group(results: Results, spec: TableSpec, names: set[str], places: Mapping[str, str]) -> Group | None:
    """Return a table's rows of a community; None where the table cannot tell, or has none."""
    if not places and "community" not in spec.index:
        return None
    colours: Counter[Colour] = Counter()
    watched: list[tuple[Colour, str]] = []
    first = next(iter(spec.index))
    for row in results.rows(spec):
        if (row.get("community") or places.get(row[first], "")) not in names:
            continue
        colour = results.colour(spec, row)
        colours[colour] += 1
        if colour in {"red", "yellow"}:
            watched.append((colour, _said(results, spec, row, first)))
    if not colours:
        return None
    # Red before yellow, else as the table has them.
    watched.sort(key=lambda item: item[0] != "red")
    return Group(spec.title.say(results.lang), colours, tuple(watched))


def _said(results: Results, spec: TableSpec, row: Mapping[str, str], first: str) -> str:
    named = results.cell(spec, first, row[first])
    told = (results.cell(spec, name, row[name]) for name in TELLS if row.get(name))
    return " · ".join([named, *told])
