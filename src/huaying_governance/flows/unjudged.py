"""未办理: what lies in a case folder and is not judged, and a case in which nothing is."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from huaying_governance.errors import Place, Problem
from huaying_governance.flows.case import Tables
from huaying_governance.tables import INPUTS
from huaying_governance.text import Text


def unjudged(folder: Path, tables: Tables) -> tuple[Problem, ...]:
    """Return the warnings of files that nothing judges; else, where there is no table at all, of that."""
    return unclaimed(folder) or (() if tables.by_name else no_tables(folder))


def unclaimed(folder: Path) -> tuple[Problem, ...]:
    """Return a warning for every table file of the folder that no table of CASES has the name of."""
    names = {spec.name for spec in INPUTS}
    found = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in {".csv", ".xlsx"})
    return tuple(
        Problem("unknown-table", UNKNOWN_TABLE, _nearest(name, names), Place(name), severity="warning")
        for name in found
        if name.rsplit(".", 1)[0] not in names
    )


def no_tables(folder: Path) -> tuple[Problem, ...]:
    """Return the warning of a case that holds no table at all."""
    return (Problem("no-tables", NO_TABLES, NO_TABLES_CURE, Place(str(folder)), severity="warning"),)


NO_TABLES = Text("案卷里没有一张可办理的表", "the case holds no table to judge")
NO_TABLES_CURE = Text(
    "放入文档所列的表，如 assignments.csv", "put in tables that the documents list, as assignments.csv"
)
UNKNOWN_TABLE = Text("没有叫这个名称的表，未办理", "no table has this name: it was not judged")


def _nearest(name: str, names: set[str]) -> Text:
    stem = name.rsplit(".", 1)[0]
    near = get_close_matches(stem, sorted(names), 1)
    if not near:  # a table under its Chinese title
        titles = {spec.title.zh: spec.name for spec in INPUTS}
        near = [titles[title] for title in get_close_matches(stem, titles, 1)]
    if near:
        return Text("是否应为 {n}？", "was {n} meant?").fill(n=near[0] + Path(name).suffix)
    return Text("改用文档所列的表名，或移走此文件", "give it the name of a documented table, or move it away")
