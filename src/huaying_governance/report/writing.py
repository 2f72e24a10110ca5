"""写出看板: everything of a run for people, in both languages: a board, and a page for each community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from huaying_governance.kernel.bodies import Community
from huaying_governance.report.brief import brief_of
from huaying_governance.report.page import write_page
from huaying_governance.report.results import Results, board_of_results
from huaying_governance.storage import Store
from huaying_governance.tables import INPUTS, excel, read_table
from huaying_governance.text import LANGS

PLACED = {"assignments": "assignments", "entries": "entries", "eligibility": "residents"}
"""Results that do not name the community, and the table of the case that does."""


def write_board(
    results: Path,
    to: Path,
    *,
    title: str,
    on: date,
    case: Path | None = None,
    communities: Iterable[Community] = (),
    store: Store | None = None,
    masked: bool = True,
    workbooks: bool = False,
) -> Path:
    """Write the board of a run to a folder, in Chinese and English, and return the Chinese page.

    `case` is the folder whose tables name the communities of assignments, entries and residents; each of
    `communities` gets a page under `communities/`, and a workbook where `workbooks` (extra `excel`). References to
    persons are masked unless told otherwise. Raises `Problems` where `results` holds none, `MissingExtra` for
    workbooks without the extra.
    """
    if workbooks:
        excel.require()
    held = {lang: Results(results, on, lang, masked, store) for lang in LANGS}
    pages = {lang: write_page(board_of_results(held[lang], title), to) for lang in LANGS}
    places = {} if case is None else _places(case)
    briefs = to / "communities"
    for community in communities:
        briefs.mkdir(exist_ok=True)
        for lang in LANGS:
            brief = brief_of(held[lang], community.id, community.name, places)
            name = community.id if lang == "zh" else f"{community.id}.{lang}"
            (briefs / f"{name}.html").write_text(brief.html(), "utf-8", newline="\n")
            if workbooks:
                excel.write(briefs / f"{name}.xlsx", community.name, brief.lines())
    return pages["zh"]


def _places(case: Path) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for result, table in PLACED.items():
        spec = next(spec for spec in INPUTS if spec.name == table)
        read = read_table(case, spec)
        if read is not None:
            key = spec.key or spec.columns[0].name
            found[result] = {str(row[key]): str(row["community"]) for row in read.rows}
    return found
