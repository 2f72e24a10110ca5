"""写出看板: everything of a run for people, in both languages: a board, and a page for each community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from huaying_governance.kernel.bodies import Community
from huaying_governance.packs import Pack
from huaying_governance.report.brief import brief_of
from huaying_governance.report.naming import names_of
from huaying_governance.report.page import write_page
from huaying_governance.report.results import Results, board_of_results
from huaying_governance.report.words import NO_NAMES
from huaying_governance.storage import Store
from huaying_governance.tables import INPUTS, excel, read_table
from huaying_governance.tables.origin import Origin, origin_of
from huaying_governance.text import LANGS, Text

PLACED = {"assignments": "assignments", "entries": "entries", "eligibility": "residents"}
"""Results that do not name the community, and the table of the case that does."""
MOST = 8
"""Changed files that a warning names."""
OLDER = Text(
    "看板比案卷旧：结果按{ran}办理，案卷的裁定日已是{on}",
    "the board is older than the case: its results are of {ran}, the case is of {on}",
)
NEWER = Text(
    "看板比案卷新：结果按{ran}办理，案卷的裁定日却是{on}",
    "the board is newer than the case: its results are of {ran}, the case is of {on}",
)
CHANGED = Text(
    "办理之后案卷有改动，看板没有反映：{files}",
    "the case has changed since, and the board does not show it: {files}",
)
UNTOLD = Text(
    "结果没有写明是按哪一天、哪些表格办理的", "the results do not say of which day and which tables they are"
)
AGAIN = Text("请重新运行 huaying run，再生成看板", "run `huaying run` again, then make the board anew")


def write_board(
    results: Path,
    to: Path,
    *,
    title: str,
    on: date,
    case: Path | None = None,
    communities: Iterable[Community] = (),
    pack: Pack | None = None,
    store: Store | None = None,
    masked: bool = True,
    workbooks: bool = False,
) -> Path:
    """Write the board of a run to a folder, in Chinese and English, and return the Chinese page.

    `case` is the folder whose tables name the communities of assignments, entries and residents; each of
    `communities` gets a page under `communities/`, and a workbook where `workbooks` (extra `excel`). `pack` says what
    the place calls what results name by ids: communities, organisations, rules. References to persons are masked
    unless told otherwise. Raises `Problems` where `results` holds none, `MissingExtra` for workbooks without the
    extra. The board is of the day of the results, and warns where `case` has another day or holds something
    else than they were written from.
    """
    if workbooks:
        excel.require()
    names = NO_NAMES if pack is None else names_of(pack)
    day, warning = (on, None) if case is None else _compared(results, Origin.of(case, on))
    held = {lang: Results(results, day, lang, masked, store, names, warning) for lang in LANGS}
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


def _compared(results: Path, case: Origin) -> tuple[date, Text | None]:
    """Return the day that results are of, and what to tell where the case is not what they were written from."""
    told = origin_of(results)
    if told is None:
        return case.on, _then(UNTOLD)
    differs = told.differs(case)
    shown = [*differs[:MOST], *(["…"] if len(differs) > MOST else [])]
    tells = {"ran": told.on, "on": case.on, "files": Text("、".join(shown), ", ".join(shown))}
    moved = [OLDER] if told.on < case.on else [NEWER] if told.on > case.on else []
    parts = [*moved, *([CHANGED] if differs else [])]
    return told.on, _then(*(part.fill(**tells) for part in parts)) if parts else None


def _then(*parts: Text) -> Text:
    return Text(
        "；".join((*(part.zh for part in parts), AGAIN.zh)),
        "; ".join((*(part.en for part in parts), AGAIN.en)),
    )


def _places(case: Path) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for result, table in PLACED.items():
        spec = next(spec for spec in INPUTS if spec.name == table)
        read = read_table(case, spec)
        if read is not None:
            key = spec.key or spec.columns[0].name
            found[result] = {str(row[key]): str(row["community"]) for row in read.rows}
    return found
