"""办理案卷: the library's main job. Read an office's tables, judge every row, follow up, write explained results.

    read → check against pack, other rows and store → judge and keep → write

Nothing is written before every row has been read and checked. Judging keeps each answer in the store; the results are
written from the answers, last and whole, so that a run that was killed anywhere is simply run again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from huaying_governance.errors import Place, Problem, Problems, StoreError
from huaying_governance.flows import (
    assignments,
    awards,
    conference,
    employment,
    entries,
    neighbourhood,
    participation,
    party,
    residents,
    stewardship,
)
from huaying_governance.flows.case import (
    Case,
    Fault,
    Progress,
    Tables,
    read_case,
    read_tables,
    telling,
)
from huaying_governance.flows.conference import waiting
from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.flows.receipts import write_receipts
from huaying_governance.flows.summary import CaseSummary, ReportSummary
from huaying_governance.flows.unjudged import unjudged
from huaying_governance.storage import Store, open_store
from huaying_governance.tables import LISTED, excel, write_table
from huaying_governance.tables.origin import Origin
from huaying_governance.tables.specs import group_of
from huaying_governance.tables.specs.core import PROBLEMS
from huaying_governance.tables.watching import watched
from huaying_governance.text import Lang, Text

WRITING = Text("写出{t}", "writing {t}")
CONCEPTS = (conference, neighbourhood, participation, party, employment, stewardship)
PARTS = tuple(part for concept in CONCEPTS for part in concept.PARTS)
"""What joins a concept to a run: modules with desks, in this order, and which of their tables need another."""
DESKS: tuple[Desk, ...] = (
    *(assignments.DESK, entries.DESK, awards.DESK, residents.DESK),
    *(desk for part in PARTS for desk in part.DESKS),
    waiting.DESK,
)
PARENTS: Mapping[str, str] = {
    "actions": "entries",
    "spells": "persons",
    **{child: parent for part in PARTS for child, parent in part.PARENTS.items()},
}


def run_case(
    folder: Path | str,
    out: Path | str,
    *,
    store: str | None = None,
    lang: Lang = "zh",
    partial: bool = False,
    progress: Progress | None = None,
    receipts: Path | str | None = None,
    frames: Mapping[str, object] = MappingProxyType({}),
    workbooks: bool = False,
) -> CaseSummary:
    """Judge the case in `folder`, keep the answers in `store`, write the results to `out`, and return the summary.

    `store` is a store URL, by default `sqlite:///OUT/huaying.db`. Raises `Problems` with every fault, before anything
    is written, unless `partial`: then sound rows are judged and the others listed in `out/problems.csv`. The receipt of
    every award is kept in the store with it; `receipts` names a file to write them to. `frames` are tables by name that
    stand in memory, of pandas, Polars or Arrow; they go before the folder's files.
    `workbooks` writes every result as a workbook as well, its headers in `lang` (extra `excel`).
    """
    if workbooks:
        excel.require()
    folder, out = Path(folder), Path(out)
    refused = list(_outputs(folder, out, None if receipts is None else Path(receipts)))
    if refused:
        raise Problems(refused)
    case, tables = check_tables(folder, frames, progress)
    origin = Origin.of(folder, case.on)
    url = store if store is not None else f"sqlite:///{out / 'huaying.db'}"
    tables = _against_store(case, tables, url, lang)
    if tables.problems and not partial:
        raise too_many(tables)
    out.mkdir(parents=True, exist_ok=True)
    with open_store(url) as opened:
        run = Run(case, tables, opened, lang, progress)
        reports = [report for desk in DESKS for report in desk.judge(run)]
        # Written while the store is open: what was answered is told from there, row by row.
        summary = _write(run, out, url, reports)
        if workbooks:
            for report in reports:
                target = out / f"{report.spec.name}.xlsx"
                write_table(target, report.spec, report.rows, extra_headers=_beside(report), labels=lang)
        if receipts is not None:
            write_receipts(Path(receipts), chain.from_iterable(report.receipts for report in reports))
    origin.write(out)
    return summary


def check_tables(
    folder: Path, frames: Mapping[str, object] = MappingProxyType({}), progress: Progress | None = None
) -> tuple[Case, Tables]:
    """Return the case and its tables after every check that needs no store."""
    case = read_case(folder)
    tables = read_tables(folder, frames, progress)
    tables = _with_problems(tables, _orphans(tables))
    return case, tables.without([fault for desk in DESKS for fault in desk.faults(case, tables)])


def too_many(tables: Tables) -> Problems:
    """Return the error that lists the problems, the first thousand of them."""
    ordered = sorted(tables.problems, key=_file_then_row)
    more = tables.more + max(0, len(ordered) - LISTED)
    return Problems(ordered[:LISTED], more=more)


def _file_then_row(problem: Problem) -> tuple[str, int]:
    return problem.place.file, problem.place.line or 0


def _outputs(folder: Path, out: Path, receipts: Path | None) -> Iterator[Problem]:
    """Yield what is wrong with the places to write to, before anything is judged."""
    another = Text("另选 --out 文件夹", "choose another folder for --out")
    if out.resolve() == folder.resolve():
        message = Text(
            "结果文件夹就是案卷文件夹，会覆盖输入", "the results would overwrite the case's own tables"
        )
        yield Problem("out-is-case", message, another, Place(str(out)))
    elif out.exists() and not out.is_dir():
        message = Text(
            "结果要写入文件夹，那里却是一个文件", "the results go into a folder, and this is a file"
        )
        yield Problem("out-is-file", message, another, Place(str(out)))
    if receipts is None:
        return
    name_a_file = Text("写一个文件名，其文件夹须先建好", "name a file in a folder that is there")
    if receipts.is_dir():
        message = Text(
            "凭证要写入文件，那里却是一个文件夹", "the receipts go into a file, and this is a folder"
        )
        yield Problem("receipts-is-folder", message, name_a_file, Place(str(receipts)))
    elif not receipts.parent.is_dir() and receipts.parent.resolve() != out.resolve():
        message = Text("凭证文件所在的文件夹不存在", "the folder of the file of receipts is not there")
        yield Problem("no-folder", message, name_a_file, Place(str(receipts)))


def _orphans(tables: Tables) -> Iterator[Problem]:
    """Yield a problem for every table of children whose parents' table is absent."""
    for child, parent in PARENTS.items():
        if child in tables and parent not in tables:
            message = Text("有 {c} 表而没有 {p} 表", "there is a table `{c}` but no table `{p}`")
            cure = Text("补上 {p}.csv，或移走 {c}", "add {p}.csv, or take `{c}` away")
            place = Place(tables.by_name[child].file)
            yield Problem(
                "no-parent-table", message.fill(c=child, p=parent), cure.fill(c=child, p=parent), place
            )


def _with_problems(tables: Tables, problems: Iterable[Problem]) -> Tables:
    return Tables(tables.by_name, (*tables.problems, *problems), tables.more)


def _against_store(case: Case, tables: Tables, url: str, lang: Lang) -> Tables:
    """Return the tables without the rows that the store knows with another content.

    A store that does not exist yet knows nothing, and is not made here: nothing is written before all is checked.
    """
    with _known(url) as opened:
        return tables.without(against_store(Run(case, tables, opened, lang)))


def against_store(run: Run) -> list[Fault]:
    """Return what is wrong with sound rows for what the store of a run knows."""
    return [fault for desk in DESKS for fault in desk.against_store(run)]


def _known(url: str) -> Store:
    """Return the store at `url` as it lies there; an empty one in memory where there is none yet."""
    try:
        return open_store(url, create=False)
    except StoreError as error:
        if error.reason != "missing":
            raise
    return open_store("memory:")


def _write(run: Run, out: Path, url: str, reports: Sequence[Report]) -> CaseSummary:
    """Write every report whole; an old problems.csv of an earlier run goes when there are no problems now."""
    case, tables = run.case, run.tables
    summaries = []
    for report in reports:
        file = out / f"{report.spec.name}.csv"
        seen = telling(run.progress, WRITING.fill(t=report.spec.title))
        rows = watched(report.rows, len(report.rows), seen)
        write_table(file, report.spec, rows, extra_headers=_beside(report))
        summaries.append(
            ReportSummary(
                *(report.spec.title, file, len(report.rows), report.counts, report.later, report.words),
                group=group_of(report.spec),
            )
        )
    ordered = sorted(tables.problems, key=_file_then_row)
    listed = out / "problems.csv"
    if ordered:
        write_table(listed, PROBLEMS, [_problem_row(problem) for problem in ordered[:LISTED]])
    else:
        with contextlib.suppress(FileNotFoundError):
            listed.unlink()
    warnings = (*unjudged(case.folder, run.tables), *(one for report in reports for one in report.warnings))
    return CaseSummary(
        case.title, case.on, out, url, tuple(summaries), tuple(ordered), len(ordered) + tables.more, warnings
    )


def _beside(report: Report) -> tuple[str, ...]:
    """Return the headers of the extra columns; one that a result's own column has is told apart from it."""
    own = {name for column in report.spec.columns for name in (column.name, column.label.zh)}
    return tuple(f"input.{header}" if header in own else header for header in report.extra_headers)


def _problem_row(problem: Problem) -> list[object]:
    return [
        problem.place.file,
        problem.place.line,
        problem.place.column,
        problem.code,
        problem.value,
        problem.message.zh,
        problem.cure.zh,
    ]
