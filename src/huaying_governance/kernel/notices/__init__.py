"""放假通知: the yearly State Council notices of days off and make-up workdays, as cited data.

A working day is a legal fact of one notice a year. The notices of 2024 to 2026 lie beside this module; a later year is
a file of the same form, which its user writes from the notice and this module checks as far as arithmetic can: every
statutory day off that falls on a weekday, and every one moved there, is paid for by a weekend day or by the law, so
that weekdays off less make-up workdays is the number of statutory days off (全国年节及纪念日放假办法: 11 from 2014,
13 from 2025).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from attrs import frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.citation import Citation, Source, Standing
from huaying_governance.kernel.slips import toml_slip
from huaying_governance.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

_T = TypeVar("_T")
_DAY = timedelta(days=1)
# A notice has some fifty lines; the bounds keep a hostile file from costing anything.
_MAX_BYTES = 16 * 1024
_MAX_LINE = 2000
_MAX_DAYS_OFF = 31


@frozen
class Holiday:
    """节假日: one holiday of a notice: off from `first` to `last`, and the make-up workdays `work` (调休上班)."""

    name: Text
    first: date
    last: date
    work: tuple[date, ...] = ()
    quote: str = ""

    def off(self) -> Iterator[date]:
        """Yield the days off, weekends among them."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + _DAY * offset


@frozen
class Notice:
    """放假通知: the arrangements of one year. Its New Year may reach into December of the year before."""

    year: int
    source: Source
    holidays: tuple[Holiday, ...]

    def marks(self) -> Iterator[tuple[date, bool, Citation]]:
        """Yield each day that the notice names, whether it is worked, and the clause."""
        for holiday in self.holidays:
            clause = Citation(self.source, holiday.name, holiday.quote)
            yield from ((day, False, clause) for day in holiday.off())
            yield from ((day, True, clause) for day in holiday.work)


def shipped() -> tuple[Notice, ...]:
    """Return the notices that come with the library, by year."""
    return tuple(read_notice(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def read_notice(path: str | PathLike[str]) -> Notice:
    """Return the notice written in the file at `path`; raises `Problems` with every fault that it has."""
    notice, problems = _read(Path(path))
    if notice is None:
        raise Problems(problems)
    return notice


def check_notice(path: str | PathLike[str]) -> tuple[Problem, ...]:
    """Return every fault of the notice file at `path`, in the order of the file; none when it is good."""
    return _read(Path(path))[1]


def _read(path: Path) -> tuple[Notice | None, tuple[Problem, ...]]:
    reading = _Reading(path.name)
    document = reading.open(path)
    notice = None if document is None else _notice(reading, document)
    return (None if reading.problems else notice), tuple(reading.problems)


class _Reading:
    """The file being read: collects its faults, each with the line that shows it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[str] = []
        self.start = 0
        self.problems: list[Problem] = []

    def fault(self, code: str, message: Text, cure: Text, token: str = "") -> None:
        """Note a fault: at the line from `start` on that sets the key or holds the day `token`, else at `start`."""
        index = next((n for n in range(self.start, len(self.lines)) if self._shows(n, token)), self.start)
        line = index + 1 if index or token else None
        self.problems.append(Problem(code, message, cure, Place(self.file, line)))

    def _shows(self, index: int, token: str) -> bool:
        line = self.lines[index]
        return bool(token) and (
            token in line if token[0].isdigit() else line.lstrip(" \t[").startswith(token)
        )

    def open(self, path: Path) -> dict[str, object] | None:
        try:
            with path.open("rb") as file:
                content = file.read(_MAX_BYTES + 1)
            text = content.decode("utf-8-sig", "ignore" if len(content) > _MAX_BYTES else "strict")
        except (OSError, UnicodeDecodeError):
            self.fault("unreadable", Text("无法按 UTF-8 读取文件", "the file cannot be read as UTF-8"), _FORM)
            return None
        self.lines = text.splitlines()
        if len(content) > _MAX_BYTES or any(len(line) > _MAX_LINE for line in self.lines):
            self.fault("too-large", Text("文件或其中一行过长", "the file or a line of it is too long"), _FORM)
            return None
        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            slip = toml_slip(text, error)
            self.start = text.count("\n", 0, slip.at)
            self.fault("not-toml", _NOT_TOML.fill(why=slip.message), slip.cure)
            return None

    def take(self, table: Mapping[str, object], key: str, kind: type[_T]) -> _T | None:
        """Return the value of `key`, which must be there and of exactly `kind` (a moment is no date)."""
        value = table.get(key)
        if value is None:
            self.fault("missing-key", Text("缺少 `{k}`", "`{k}` is missing").fill(k=key), _FORM)
        elif type(value) is kind:
            return value
        else:
            wrong = Text("`{k}` 应为{t}", "`{k}` must be {t}").fill(k=key, t=_KINDS[kind])
            self.fault("wrong-type", wrong, _FORM, token=key)
        return None

    def title(self, table: Mapping[str, object], key: str) -> Text:
        """Return a text, written once for both languages or as `{ zh = "…", en = "…" }`."""
        value = table.get(key)
        if isinstance(value, Mapping):
            zh, en = self.take(value, "zh", str), self.take(value, "en", str)
            return Text(zh or "", en or "")
        return same(self.take(table, key, str) or "")

    def only(self, table: Mapping[str, object], keys: frozenset[str]) -> None:
        """Note each key that the form does not know: a misspelt key must not be passed over."""
        for key in [key for key in table if key not in keys]:
            unknown = Text("不认识的键 `{k}`", "`{k}` is not a key of a notice").fill(k=key)
            cure = Text("可用的键：{k}", "the keys here are {k}").fill(k=", ".join(sorted(keys)))
            self.fault("unknown-key", unknown, cure, token=key)


_KINDS: dict[type, Text] = {
    int: Text("整数", "a whole number"),
    str: Text("文本", "text"),
    date: Text("日期（不加引号，如 2027-01-01）", "a date (without quotes, as 2027-01-01)"),
    list: Text("列表", "a list"),
    dict: Text("表", "a table"),
}
_FORM = Text(
    "照随库的 2026 年通知文件填写",
    "write the file in the form of the notice of 2026 that comes with the library",
)
_NOT_TOML = Text("不是有效的 TOML：{why}", "not valid TOML: {why}")
_COMPARE = Text("与通知原文核对", "compare with the text of the notice")
_TOP = frozenset(("year", "statutory_days", "source", "holiday"))
_SOURCE = frozenset(("id", "title", "standing", "address", "issued"))
_HOLIDAY = frozenset(("name", "from", "to", "work", "quote"))


def _notice(reading: _Reading, document: dict[str, object]) -> Notice | None:
    reading.only(document, _TOP)
    year = reading.take(document, "year", int)
    source = _source(reading, reading.take(document, "source", dict))
    tables = reading.take(document, "holiday", list)
    if year is None or source is None or tables is None:
        return None
    headers = [n for n, line in enumerate(reading.lines) if line.strip().startswith("[[holiday]]")]
    holidays: list[Holiday] = []
    for order, table in enumerate(tables):
        reading.start = headers[order] if order < len(headers) else 0
        holiday = _holiday(reading, year, table)
        if holiday is not None:
            holidays.append(holiday)
    reading.start = 0
    notice = Notice(year, source, tuple(holidays))
    if not reading.problems:
        statutory = reading.take(
            {"statutory_days": 13 if year >= 2025 else 11} | document, "statutory_days", int
        )
        _once(reading, notice)
        _balance(reading, notice, statutory)
    return notice


def _source(reading: _Reading, table: dict[str, object] | None) -> Source | None:
    if table is None:
        return None
    reading.only(table, _SOURCE)
    name, title = reading.take(table, "id", str), reading.title(table, "title")
    standing = table.get("standing", "official")
    issued = reading.take(table, "issued", date) if "issued" in table else None
    address = reading.take(table, "address", str) if "address" in table else ""
    for known in get_args(Standing):
        if standing == known:
            return Source(name or "", title, known, address or "", since=issued)
    choices = same(", ".join(get_args(Standing)))
    wrong = Text("`standing` 应为以下之一：{c}", "`standing` must be one of {c}").fill(c=choices)
    reading.fault("wrong-standing", wrong, _FORM, token="standing")  # noqa: S106 - a key, not a secret
    return None


def _holiday(reading: _Reading, year: int, entry: object) -> Holiday | None:
    table = reading.take({"holiday": entry}, "holiday", dict)
    if table is None:
        return None
    reading.only(table, _HOLIDAY)
    name = reading.title(table, "name")
    first, last = reading.take(table, "from", date), reading.take(table, "to", date)
    work = reading.take(table, "work", list) if "work" in table else []
    quote = reading.take(table, "quote", str) if "quote" in table else ""
    if first is None or last is None or work is None or not all(type(day) is date for day in work):
        if work is not None and not all(type(day) is date for day in work):
            wrong = Text("`work` 应为日期列表", "`work` must be a list of dates")
            reading.fault("wrong-type", wrong, _FORM, token="work")  # noqa: S106 - a key, not a secret
        return None
    _within(reading, year, (first, last, *work))
    if not 0 <= (last - first).days < _MAX_DAYS_OFF:
        wrong = Text(
            "`to` 早于 `from`，或假期超过一个月", "`to` is before `from`, or more than a month after it"
        )
        reading.fault("wrong-range", wrong, _COMPARE, token=last.isoformat())
        return None
    for day in work:
        if day.weekday() < 5:
            wrong = Text(
                "{d} 不是周末，不能是调休上班日", "{d} is no weekend day, so it cannot be a make-up workday"
            )
            reading.fault("work-not-weekend", wrong.fill(d=day), _COMPARE, token=day.isoformat())
    return Holiday(name, first, last, tuple(work), quote or "")


def _within(reading: _Reading, year: int, days: Iterable[date]) -> None:
    for day in dict.fromkeys(days):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            wrong = Text("{d} 不在 {y} 年（或上年 12 月）", "{d} is not in {y} (or in the December before)")
            reading.fault("wrong-year", wrong.fill(d=day, y=year), _COMPARE, token=day.isoformat())


def _once(reading: _Reading, notice: Notice) -> None:
    """A day is named once: off and worked, or off twice, is a slip of the pen."""
    for day, times in Counter(day for day, _, _ in notice.marks()).items():
        if times > 1:
            wrong = Text("{d} 出现 {n} 次", "{d} is named {n} times").fill(d=day, n=times)
            reading.fault("day-twice", wrong, _COMPARE, token=day.isoformat())


def _balance(reading: _Reading, notice: Notice, statutory: int | None) -> None:
    days = [(day, worked) for day, worked, _ in notice.marks()]
    found = sum(1 for day, worked in days if not worked and day.weekday() < 5) - sum(
        worked for _, worked in days
    )
    if statutory is not None and found != statutory:
        wrong = Text(
            "放假的工作日减去调休上班日为 {n} 天，应为法定节假日 {s} 天",
            "weekdays off less make-up workdays is {n} days, but the statutory days off are {s}",
        )
        cure = Text(
            "核对是否漏写或写错日期；通知确有增减时写 statutory_days = {n}",
            "look for a date left out or mistyped; if the notice really differs, write statutory_days = {n}",
        )
        reading.fault("unbalanced", wrong.fill(n=found, s=statutory), cure.fill(n=found))
