"""案卷: a case folder as read: its `case.toml`, its pack, and its tables with what is sound and what is at fault."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import cast

from attrs import evolve, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.dates import parse_date
from huaying_governance.kernel.slips import toml_slip
from huaying_governance.kernel.workdays import Calendar, china_calendar
from huaying_governance.packs import Pack, load_pack, shipped_packs
from huaying_governance.rules.faults import nearest
from huaying_governance.rules.scan import Scan, scan
from huaying_governance.rules.source import SourceText, Span
from huaying_governance.tables import INPUTS, Row, Table, read_frame, read_table
from huaying_governance.tables.watching import Seen
from huaying_governance.text import Text

CASE_FILE = "case.toml"
MAX_CASE_BYTES = 64 * 1024
Progress = Callable[[Text, int, int], None]
"""Told what is being done, how many rows are done, and of how many."""
READING = Text("读取{t}", "reading {t}")
KEYS = ("title", "pack", "on", "polling_day", "notices")


@frozen
class Case:
    """案卷: title, pack, the day it is judged as of, its calendar, and the polling day where residents are judged."""

    folder: Path
    title: str
    pack: Pack
    on: date
    calendar: Calendar
    polling_day: date | None = None


@frozen
class Fault:
    """A row that is at fault for what other rows, the pack or the store say; the problem says why."""

    row: Row
    problem: Problem


@frozen
class Tables:
    """The tables of a case by name, and the problems that were found in them so far."""

    by_name: Mapping[str, Table]
    problems: tuple[Problem, ...] = ()
    more: int = 0

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the sound rows of a table; none where the case has no such table."""
        table = self.by_name.get(name)
        return table.rows if table is not None else ()

    def bad(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table that have problems."""
        table = self.by_name.get(name)
        return table.bad if table is not None else ()

    def whole(self, name: str) -> bool:
        """Whether the table can be trusted to hold all its rows: false where its file or header has a problem."""
        table = self.by_name.get(name)
        return table is None or table.whole

    def extras(self, name: str) -> tuple[str, ...]:
        """Return the extra headers of a table."""
        table = self.by_name.get(name)
        return table.extra_headers if table is not None else ()

    def without(self, faults: Iterable[Fault]) -> Tables:
        """Return the tables with the rows at fault set aside and their problems added."""
        held = list(faults)
        numbers: dict[str, set[int]] = {}
        for fault in held:
            numbers.setdefault(fault.row.spec.name, set()).add(fault.row.number)
        by_name = {name: _set_aside(table, numbers.get(name, ())) for name, table in self.by_name.items()}
        return Tables(by_name, (*self.problems, *self.placed(held)), self.more)

    def placed(self, faults: Iterable[Fault]) -> Iterator[Problem]:
        """Yield the problems of faults, each with the file that its row stands in and the header as written there."""
        for fault in faults:
            table, place = self.by_name[fault.row.spec.name], fault.problem.place
            column = table.headers.get(str(place.column), place.column)
            yield evolve(fault.problem, place=evolve(place, file=table.file, column=column))


def _set_aside(table: Table, numbers: Iterable[int]) -> Table:
    wanted = frozenset(numbers)
    if not wanted:
        return table
    sound = tuple(row for row in table.rows if row.number not in wanted)
    bad = tuple(row for row in table.rows if row.number in wanted)
    return evolve(table, rows=sound, bad=tuple(sorted(table.bad + bad, key=lambda row: row.number)))


def read_case(folder: Path) -> Case:
    """Return the case that `folder` states. Raises `Problems` with every fault of `case.toml` or of the pack."""
    if not folder.is_dir():
        message = A_FILE if folder.exists() else Text("案卷文件夹不存在", "there is no such case folder")
        raise Problems([_problem("no-folder", message, NAME_FOLDER, Place(str(folder)))])
    if (folder / "pack.toml").is_file() and not (folder / CASE_FILE).exists():
        raise Problems([_problem("no-case", A_PACK, CASE_OF_PACK, Place(str(folder)))])
    read = _read_toml(folder / CASE_FILE)
    stated = read.section
    problems = list(_faults(read))
    on, polling_day = _day(stated.get("on")), _day(stated.get("polling_day"))
    if problems or on is None:
        raise Problems(problems)
    calendar = china_calendar(*(folder / name for name in cast(Sequence[str], stated.get("notices", ()))))
    name = str(stated["pack"])
    inside = folder / name
    # Beside the case file, never where the command happens to be given: a case says the same everywhere.
    shipped = name in shipped_packs() and not inside.is_dir()
    if not shipped and not (inside / "pack.toml").is_file():
        raise Problems([read.problem("pack", "no-pack", NO_PACK.fill(n=name), _pack_near(folder, name))])
    pack = load_pack(name if shipped else inside, calendar=calendar)
    return Case(folder, str(stated.get("title", folder.name)), pack, on, calendar, polling_day)


NO_PACK = Text("没有政策包 {n}（缺少 pack.toml）", "there is no pack {n} (no pack.toml)")


def _pack_near(folder: Path, name: str) -> Text:
    """Return how to name the pack that was probably meant: one that lies beside the case, or a shipped one."""
    beside = [path.parent.name for path in sorted(folder.resolve().parent.glob("*/pack.toml"))]
    near = get_close_matches(Path(name).name[:64], [*beside, *shipped_packs()], 1)
    shipped = ", ".join(shipped_packs())
    told = Text(
        "写随附政策包的名称（{s}），或从案卷文件夹算起的路径{n}",
        "name a shipped pack ({s}), or write a path from the case folder on{n}",
    )
    if not near:
        return told.fill(s=shipped, n="")
    meant = f'pack = "{near[0]}"' if near[0] in shipped_packs() else f'pack = "../{near[0]}"'
    return told.fill(s=shipped, n=Text("；是否应为 {p}？", "; was {p} meant?").fill(p=meant))


def read_tables(
    folder: Path, frames: Mapping[str, object] = MappingProxyType({}), progress: Progress | None = None
) -> Tables:
    """Return every table of CASES that `folder` holds, with all their problems; `frames` by name go before files."""
    unknown = frames.keys() - {spec.name for spec in INPUTS}
    if unknown:
        cure = Text("可用的表：{k}", "one of: {k}").fill(k=", ".join(spec.name for spec in INPUTS))
        message = Text("没有这个表", "there is no such table")
        raise Problems([_problem("no-table", message, cure, Place(name)) for name in sorted(unknown)])
    tables: dict[str, Table] = {}
    for spec in INPUTS:
        framed = frames.get(spec.name)
        seen = telling(progress, READING.fill(t=spec.title))
        table = read_table(folder, spec, seen) if framed is None else read_frame(framed, spec)
        if table is not None:
            tables[spec.name] = table
    problems = tuple(problem for table in tables.values() for problem in table.problems)
    more = sum(table.problem_count - len(table.problems) for table in tables.values())
    return Tables(tables, problems, more)


def telling(progress: Progress | None, what: Text) -> Seen | None:
    """Return what tells that this is being done; nothing where nobody wants to know."""
    return None if progress is None else lambda done, total: progress(what, done, total)


A_FILE = Text("是文件，不是案卷文件夹", "is a file, not a case folder")
A_PACK = Text("是政策包，不是案卷", "is a pack, not a case")
CASE_OF_PACK = Text(
    "另建案卷文件夹，在其 case.toml 中用 pack 指明这个政策包",
    "make a case folder whose case.toml names this pack as `pack`",
)
NAME_FOLDER = Text("写明含 case.toml 的文件夹", "name a folder that holds a case.toml")


def _problem(code: str, message: Text, cure: Text, place: Place | None = None) -> Problem:
    return Problem(code, message, cure, place or Place(CASE_FILE))


@frozen
class _Stated:
    """What [case] states, and where each key stands."""

    section: Mapping[str, object]
    source: SourceText
    scan: Scan

    def problem(self, key: str, code: str, message: Text, cure: Text) -> Problem:
        """Return a problem of one key, or of the section where the key is not there."""
        spot = self.scan.spots.get(("case", key))
        if spot is None:
            return _problem(code, message, cure)
        span = Span(self.source, spot.key[0], spot.value[1])
        return evolve(_problem(code, message, cure, span.place), excerpt=span.excerpt)


def _read_toml(path: Path) -> _Stated:
    text = ""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_CASE_BYTES + 1)
        text = raw.decode("utf-8-sig") if len(raw) <= MAX_CASE_BYTES else ""
        section = tomllib.loads(text).get("case")
    except FileNotFoundError:
        message = Text("文件夹中没有 case.toml", "the folder holds no case.toml")
        raise Problems([_problem("no-case", message, NAME_FOLDER, Place(str(path.parent)))]) from None
    except UnicodeDecodeError:
        message = Text("不是 UTF-8 编码", "is not UTF-8")
        raise Problems(
            [_problem("bad-toml", message, Text("以 UTF-8 编码另存", "save it as UTF-8"))]
        ) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        slip = toml_slip(text, error)
        span = Span(SourceText(CASE_FILE, text), slip.at, slip.at + 1)
        message = Text("不是有效的 TOML：{why}", "is not valid TOML: {why}").fill(why=slip.message)
        found = _problem("bad-toml", message, slip.cure, span.place)
        raise Problems([evolve(found, excerpt=span.excerpt)]) from None
    if not isinstance(section, dict):
        message = Text(
            "缺少 [case] 一节，或文件过大", "the section [case] is missing, or the file is too large"
        )
        raise Problems([_problem("no-case", message, Text("写上 [case]", "write [case]"))])
    return _Stated(section, SourceText(CASE_FILE, text), scan(text))


def _day(value: object) -> date | None:
    if isinstance(value, datetime) or not isinstance(value, str | date):
        return None
    if isinstance(value, date):
        return value
    try:
        return parse_date(value)
    except ValueError:
        return None


def _faults(read: _Stated) -> Iterator[Problem]:
    stated = read.section
    for key in stated:
        if key not in KEYS:
            message = Text("`{k}` 不是 [case] 的键", "`{k}` is not a key of [case]").fill(k=key)
            yield read.problem(key, "unknown-key", message, nearest(key, KEYS))
    if not isinstance(stated.get("pack"), str) or not stated["pack"]:
        yield read.problem(
            "pack",
            "no-pack",
            Text("没有写明政策包 `pack`", "`pack` is not stated"),
            Text(
                '写上随库政策包的名称或路径，如 pack = "huaying"', 'name a pack or its path: pack = "huaying"'
            ),
        )
    notices = stated.get("notices", [])
    if not isinstance(notices, list) or not all(isinstance(name, str) for name in notices):
        yield read.problem(
            "notices",
            "bad-notices",
            Text("`notices` 不是文件名的列表", "`notices` is not a list of file names"),
            Text('写成 notices = ["2027.toml"]', 'write notices = ["2027.toml"]'),
        )
    for key in ("on", "polling_day"):
        if (key == "on" or key in stated) and _day(stated.get(key)) is None:
            yield read.problem(
                key,
                "bad-date",
                Text("`{k}` 不是日期", "`{k}` is not a date").fill(k=key),
                Text("写成 {k} = 2026-11-23", "write {k} = 2026-11-23").fill(k=key),
            )
